/** The public compliance suite of Promises/A+ against `Future`: each of its cases is a test here. */
import { createRequire } from "node:module";

import { afterEach, beforeEach, describe, it } from "vitest";

import { Future } from "../src/index.ts";

interface Adapter {
  deferred(): { promise: Future; resolve(value: unknown): void; reject(reason: unknown): void };
}

const suite = createRequire(import.meta.url)("promises-aplus-tests") as { mocha(adapter: Adapter): void };

/** A future never takes a thenable as its result: what the suite resolves it with is awaited first. */
const adapter: Adapter = {
  deferred() {
    const future = new Future();
    let isResolved = false;
    const once = (settle: () => unknown) => {
      if (!isResolved) settle();
      isResolved = true;
    };
    return {
      promise: future,
      resolve: (value) =>
        once(() =>
          isThenable(value)
            ? Promise.resolve(value).then(
                (result) => future.setResult(result),
                (error: unknown) => future.setException(error),
              )
            : future.setResult(value),
        ),
      reject: (reason) => once(() => future.setException(reason)),
    };
  },
};

function isThenable(value: unknown): boolean {
  return value !== null && typeof (value as { then?: unknown } | undefined)?.then === "function";
}

type Case = (done: (error?: unknown) => void) => void;

// The suite is written for mocha, whose names it takes from the globals.
Object.assign(globalThis, {
  describe,
  beforeEach: (hook: () => void) => beforeEach(() => void hook()),
  afterEach: (hook: () => void) => afterEach(() => void hook()),
  specify: (name: string, body: Case) =>
    it(name, () =>
      body.length === 0
        ? body(() => {})
        : new Promise<void>((resolve, reject) =>
            body((error) => {
              if (error === undefined) resolve();
              else reject(error);
            }),
          ),
    ),
});

describe("Promises/A+", () => {
  suite.mocha(adapter);
});
