/** The public compliance suite of Promises/A+ against `Future`: each of its cases is a test here. */
// @ts-expect-error -- it has no types
import untyped from "promises-aplus-tests";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, vi } from "vitest";

import { Future } from "../src/index.ts";

interface Adapter {
  deferred(): { promise: Future; resolve(value: unknown): void; reject(reason: unknown): void };
}

const suite = untyped as { mocha(adapter: Adapter): void };

/** A future never takes a thenable as its result: what the suite resolves it with is awaited first. */
const adapter: Adapter = {
  deferred() {
    const future = new Future();
    const fail = (reason: unknown) => {
      future.setException(reason);
      future.exception(); // Looked at: some cases do not, and it would be reported.
    };
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
            ? Promise.resolve(value).then((result) => future.setResult(result), fail)
            : future.setResult(value),
        ),
      reject: (reason) => once(() => fail(reason)),
    };
  },
};

/** Does not read `then`: some thenables of the suite have one that can be read only once. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return ((typeof value === "object" && value !== null) || typeof value === "function") && "then" in value;
}

type Case = (done: (error?: unknown) => void) => void;

// The suite is written for mocha, whose names it takes from the globals.
Object.assign(globalThis, {
  describe,
  beforeEach: (hook: () => void) => {
    beforeEach(() => hook());
  },
  afterEach: (hook: () => void) => {
    afterEach(() => hook());
  },
  specify: (name: string, body: Case) =>
    // eslint-disable-next-line vitest/valid-title, vitest/expect-expect -- those of the suite
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

/** The suite leaves promises rejected, as mocha allows it to. Vitest would take that for an error. */
function allowUnhandledRejections(): () => void {
  const listeners = process.listeners("unhandledRejection");
  const ignore = () => {};
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", ignore);
  return () => {
    process.off("unhandledRejection", ignore);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  };
}

describe("Promises/A+", () => {
  beforeAll(allowUnhandledRejections);
  // The suite waits often and long, up to 200 ms a case: its time is virtual, and moves on as soon as nothing else happens.
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["setTimeout"] }).setTimerTickMode("nextTimerAsync");
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  suite.mocha(adapter);
});
