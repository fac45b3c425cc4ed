/**
 * FunctionTable: the functions that this worker was told of, by number. A module is imported at the first call of one of its functions.
 *
 * What can go wrong with an address is said in the error of the call that needed it.
 */
import { types } from "node:util";

import { show } from "../show.ts";
import type { FunctionAddress } from "../wire/index.ts";

export type WorkerFunction = (...args: unknown[]) => unknown;

/** How fast a function's pace follows when calls take longer than before; when they take less, it goes halfway at once. */
const SLOWING = 0.2;

export class FunctionEntry {
  readonly number: number;
  readonly #address: FunctionAddress;
  fn: WorkerFunction | null = null;
  /** Milliseconds that a call takes, lately; undefined before the first. */
  pace: number | undefined = undefined;

  constructor(number: number, address: FunctionAddress) {
    this.number = number;
    this.#address = address;
  }

  /** Notes that a call took so many milliseconds. The first call of all is slow, so the way down is quick. */
  notePace(duration: number): void {
    if (this.pace === undefined) this.pace = duration;
    else if (duration < this.pace) this.pace = (this.pace + duration) / 2;
    else this.pace += (duration - this.pace) * SLOWING;
  }

  /** Loads the function. A failure is not remembered: the next call tries again. */
  async load(): Promise<WorkerFunction> {
    this.fn ??= await loadFunction(this.#address);
    return this.fn;
  }
}

export class FunctionTable {
  readonly #entries: (FunctionEntry | undefined)[] = [];

  define(number: number, address: FunctionAddress): void {
    this.#entries[number] ??= new FunctionEntry(number, address);
  }

  get(number: number): FunctionEntry {
    const entry = this.#entries[number];
    if (entry === undefined) throw new Error(`The worker was not told of function ${number}`);
    return entry;
  }
}

/** Returns the function at the address. */
export async function loadFunction(address: FunctionAddress): Promise<WorkerFunction> {
  return "url" in address ? importFunction(address) : evaluate(address);
}

async function importFunction({ url, name }: { url: string; name: string }): Promise<WorkerFunction> {
  const module = await importModule(url);
  if (!(name in module)) {
    const exports = Object.keys(module).join(", ") || "nothing";
    throw usageError(
      `${url} has no export named ${name}; it exports ${exports}. A worker function is exported by its module`,
    );
  }
  const fn = module[name];
  if (typeof fn !== "function")
    throw new TypeError(`The export ${name} of ${url} is no function but ${typeof fn} ${show(fn)}`);
  return fn as WorkerFunction;
}

async function importModule(url: string): Promise<Record<string, unknown>> {
  let module: unknown;
  try {
    module = await import(url);
  } catch (error) {
    throw usageError(`The worker could not import ${url}: ${explain(error, url)}`, error);
  }
  if (types.isModuleNamespaceObject(module)) return module as never;
  throw usageError(
    `The worker could not import ${url}: it exports a function named then, so import() takes the module for a promise; ` +
      "give that export another name",
  );
}

function evaluate({ source }: { source: string }): WorkerFunction {
  // What `inline` sends is source text, on purpose; it was checked to be one function.
  const fn: unknown = (0, eval)(`(${source}\n)`);
  if (typeof fn !== "function") throw new TypeError(`The inline source is no function: ${source}`);
  return fn as WorkerFunction;
}

/** Says why a module could not be imported. What its own code throws need not be an error, and reading it may throw, too. */
function explain(error: unknown, url: string): string {
  try {
    const { code, message, url: missing } = Object(error) as Record<"code" | "message" | "url", unknown>;
    // Node's message names what was not found and who imports it, which for the module itself is this file.
    if (code === "ERR_MODULE_NOT_FOUND" && missing === url) return "there is no such file";
    if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
      return `it uses TypeScript that Node cannot strip (${String(message).split("\n").at(-1)?.trim() ?? ""})`;
    if (typeof message === "string" && message !== "") return message;
  } catch {
    // Then it is shown as a whole.
  }
  return `it has thrown ${show(error).split("\n")[0]!}`;
}

/** A UsageError of `@async/futures`, on arrival. Here it is an Error of that name, which spares every worker the import. */
function usageError(message: string, cause?: unknown): Error {
  return new UsageError(message, cause === undefined ? {} : { cause });
}

class UsageError extends Error {
  override name = "UsageError";
  readonly code = "ERR_USAGE";
}
