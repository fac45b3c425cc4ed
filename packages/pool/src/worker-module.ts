/**
 * workerModule: names the functions of a module, so that they can be submitted. The module is imported by the workers, not here.
 *
 * Python pickles a function as its module and name, too.
 */
import { UsageError } from "@async/futures";

import { show } from "./show.ts";
import { ADDRESS, type FunctionAddress } from "./wire/index.ts";

/** The exported functions of a module. */
export type WorkerModule<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: M[K];
};

/**
 * Returns typed references to the functions that a module exports. They are for `submit` and `map`; called here they throw.
 *
 * That the module can be imported and has the export shows when a worker looks for it: in the error of that call.
 *
 * @param url - the module's: `new URL("./work.ts", import.meta.url)`
 * @throws TypeError for anything but an absolute URL.
 *
 * @example
 * ```ts
 * import { workerModule } from "@async/pool";
 *
 * const path = workerModule<typeof import("node:path")>(new URL("node:path"));
 * console.log(typeof path.basename); // function
 * ```
 */
export function workerModule<M extends object>(url: URL | string): WorkerModule<M> {
  const href = checkUrl(url);
  const references = new Map<string, unknown>();
  return new Proxy(Object.create(null) as WorkerModule<M>, {
    get(_target, name) {
      // A symbol is asked for by inspection, `then` by an await of the module.
      if (typeof name === "symbol" || name === "then") return undefined;
      let reference = references.get(name);
      if (reference === undefined) {
        reference = makeReference({ url: href, name });
        references.set(name, reference);
      }
      return reference;
    },
  });
}

/** Returns a function that cannot be called here, but submitted. */
export function makeReference(address: FunctionAddress): (...args: never[]) => never {
  const reference = (): never => {
    throw new UsageError(
      `${address.name} runs in workers only: executor.submit(${address.name}, ...) instead of a call`,
    );
  };
  Object.defineProperty(reference, "name", { value: address.name });
  Object.defineProperty(reference, ADDRESS, { value: address });
  return reference;
}

function checkUrl(url: unknown): string {
  const text = url instanceof URL ? url.href : url;
  // One letter before the colon is a drive of Windows.
  if (typeof text === "string" && URL.canParse(text) && !/^[a-z]:/i.test(text)) return new URL(text).href;
  throw new TypeError(
    `workerModule takes the URL of a module, got ${show(url)}; write new URL("./work.ts", import.meta.url)`,
  );
}
