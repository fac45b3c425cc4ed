/**
 * ChildContestant: a contestant in a process of its own, so that no rival has to live with the heap or the compiled code of another.
 *
 *     harness                                    child (serve.ts, serve.py)
 *        │  ◄── {"version": "...", "works": [..]} ──  │   once
 *        │  ── {"work": "switch", "sizes": {..}} ──►  │
 *        │  ◄── {"done": .., "value": .., ..} ──────  │   for each run; in between the child waits
 *
 * Each message is a line of JSON. A child that fails ends, and what it wrote on standard error is the reason.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

import type { Contestant, Run } from "./rival.ts";
import type { Sizes } from "./sizes.ts";

/** Milliseconds that a run may take: far more than any does. */
const LIMIT = 10 * 60_000;
/** Characters of standard error that a message shows. */
const SHOWN = 2_000;

export class ChildContestant implements Contestant {
  readonly version: string;
  readonly works: ReadonlySet<string>;
  readonly #connection: Connection;

  private constructor(connection: Connection, hello: Hello) {
    this.#connection = connection;
    this.version = hello.version;
    this.works = new Set(hello.works);
  }

  /** Resolves once the child has loaded the works. */
  static async start(
    program: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
  ): Promise<ChildContestant> {
    const connection = new Connection(program, args, environment);
    return new ChildContestant(connection, (await connection.receive()) as Hello);
  }

  async run(work: string, sizes: Sizes): Promise<Run> {
    this.#connection.send({ work, sizes });
    return (await this.#connection.receive()) as Run;
  }

  async stop(): Promise<void> {
    await this.#connection.end();
  }
}

interface Hello {
  readonly version: string;
  readonly works: readonly string[];
}

class Connection {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;
  readonly #command: string;
  #complaint = "";

  constructor(program: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#command = [program, ...args].join(" ");
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: environment });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = once(this.#child, "close");
    // A child that has failed cannot be asked to end; that it failed is said by `receive`.
    this.#child.stdin.on("error", () => undefined);
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-SHOWN);
    });
  }

  send(message: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Resolves to the next message of the child. */
  async receive(): Promise<unknown> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), LIMIT);
    const line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done !== true) return JSON.parse(line.value);
    await this.#ended;
    const end = this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
    throw new Error(`${this.#command} ended with ${end}: ${this.#complaint.trim() || "it said nothing"}`);
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }
}
