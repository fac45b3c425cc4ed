/** Executors that break a law each, made of one that keeps them all: they show that the laws notice. */
import { type Executor, Future, type MapOptions, TimeoutError, asCompleted } from "@async/futures";

import { InProcessExecutor } from "./in-process-executor.ts";

type Fn = (...args: unknown[]) => unknown;
type Input = Iterable<unknown> | AsyncIterable<unknown>;

/** The methods of an executor, in the loosest types. */
interface Methods {
  submit(fn: Fn, ...args: unknown[]): Future;
  map(fn: Fn, items: Input, options?: MapOptions): AsyncIterable<unknown>;
  starmap(fn: Fn, tuples: Input, options?: MapOptions): AsyncIterable<unknown>;
  shutdown: Executor["shutdown"];
  [Symbol.asyncDispose](): Promise<void>;
}

interface Unlawful {
  /** What it does wrong. */
  readonly fault: string;
  /** The laws that notice, by the beginnings of their names. */
  readonly breaks: readonly string[];
  /** Returns the methods that replace those of a lawful one. */
  readonly methods: (lawful: Methods, workers: number) => Partial<Methods>;
}

function unlawful(fault: string, breaks: readonly string[], methods: Unlawful["methods"]): Unlawful {
  return { fault, breaks, methods };
}

/** Makes an executor with that fault. */
export function makeUnlawful({ methods }: Unlawful, workers: number): Executor {
  const lawful = new InProcessExecutor(workers);
  const loose = lawful as unknown as Methods;
  const executor: Methods = {
    submit: (fn, ...args) => loose.submit(fn, ...args),
    map: (fn, items, options) => loose.map(fn, items, options),
    starmap: (fn, tuples, options) => loose.starmap(fn, tuples, options),
    shutdown: (options) => loose.shutdown(options),
    [Symbol.asyncDispose]: () => loose.shutdown(),
  };
  return Object.assign(executor, methods(loose, workers)) as unknown as Executor;
}

/** Has the outer future end as the inner one does. */
function relay(inner: Future, outer: Future): void {
  inner.addDoneCallback(() => {
    if (outer.done()) return;
    if (inner.cancelled()) outer.cancel();
    else if (inner.exception() === null) outer.setResult(inner.result());
    else outer.setException(inner.exception());
  });
}

function wrapIterator(
  iterable: AsyncIterable<unknown>,
  wrap: (iterator: AsyncIterator<unknown>) => Partial<AsyncIterator<unknown>>,
): AsyncIterable<unknown> {
  const iterator = iterable[Symbol.asyncIterator]();
  const wrapped = {
    next: () => iterator.next(),
    return: () => iterator.return!(),
    ...wrap(iterator),
  };
  return { [Symbol.asyncIterator]: () => wrapped };
}

const never = (): Promise<never> => new Promise(() => {});

export const unlawfulExecutors: readonly Unlawful[] = [
  // submit
  unlawful("lacks a method", ["has the methods"], () => ({ starmap: undefined as never })),
  unlawful("passes no arguments", ["POOL-01"], (lawful) => ({ submit: (fn) => lawful.submit(fn) })),
  unlawful("calls the function within submit", ["submit returns a future that is not done"], () => ({
    submit(fn, ...args) {
      const future = new Future();
      future.setResult(fn(...args));
      return future;
    },
  })),
  unlawful("gives promises as results", ["unwraps the result"], (lawful) => ({
    submit: (fn, ...args) => lawful.submit(() => [fn(...args)]),
  })),
  unlawful("loses the class of an error", ["POOL-18"], (lawful) => ({
    submit: (fn, ...args) =>
      lawful.submit(() => {
        try {
          return fn(...args);
        } catch (error) {
          throw new Error((error as Error).message, { cause: error });
        }
      }),
  })),
  unlawful("fails every call once one has failed", ["keeps what fails from what is beside it"], (lawful) => {
    let hasFailed = false;
    return {
      submit: (fn, ...args) => {
        const future = lawful.submit(async () => {
          if (hasFailed) throw new Error("broken");
          return fn(...args);
        });
        future.addDoneCallback(() => (hasFailed ||= future.exception() !== null));
        return future;
      },
    };
  }),
  unlawful("loses one call of many", ["POOL-25"], (lawful) => {
    let calls = 0;
    return { submit: (fn, ...args) => ((calls += 1) === 500 ? new Future() : lawful.submit(fn, ...args)) };
  }),
  unlawful(
    "tells twice of each end",
    ["each future tells exactly once", "a running call is cancelled"],
    (lawful) => ({
      submit(fn, ...args) {
        const future = lawful.submit(fn, ...args);
        const addDoneCallback = future.addDoneCallback.bind(future);
        future.addDoneCallback = (callback) => {
          addDoneCallback(callback);
          addDoneCallback(callback);
        };
        return future;
      },
    }),
  ),
  unlawful("has one worker in place of two", ["POOL-10 runs as many"], () => {
    const narrow = new InProcessExecutor(1) as unknown as Methods;
    return { submit: (fn, ...args) => narrow.submit(fn, ...args) };
  }),
  unlawful(
    "has a worker too many",
    ["POOL-10 runs no more", "starts the calls in the order", "CFU-01 cancels a call that waits"],
    (_lawful, workers) => {
      const wide = new InProcessExecutor(workers + 1) as unknown as Methods;
      return { submit: (fn, ...args) => wide.submit(fn, ...args) };
    },
  ),
  unlawful("calls the newest first", ["starts the calls in the order"], (lawful) => {
    const newestFirst: (() => void)[] = [];
    return {
      submit(fn, ...args) {
        const outer = new Future();
        newestFirst.unshift(() => relay(lawful.submit(fn, ...args), outer));
        setImmediate(() => newestFirst.shift()!());
        return outer;
      },
    };
  }),
  unlawful("never says that a call runs", ["CFU-03"], (lawful) => ({
    submit: (fn, ...args) => Object.assign(lawful.submit(fn, ...args), { running: () => false }),
  })),
  unlawful("takes no call once one has ended", ["takes calls from the callback"], (lawful) => {
    let hasEnded = false;
    return {
      submit(fn, ...args) {
        if (hasEnded) throw new Error("over");
        const future = lawful.submit(fn, ...args);
        future.addDoneCallback(() => (hasEnded = true));
        return future;
      },
    };
  }),
  unlawful("finds out late that it was given no function", ["refuses what is no function"], (lawful) => ({
    submit: (fn, ...args) => lawful.submit(() => fn(...args)),
  })),
  // cancel
  unlawful(
    "runs what was cancelled",
    ["CFU-01 cancels a call that waits", "a call that was cancelled in the turn"],
    (lawful) => ({
      submit(fn, ...args) {
        const outer = new Future();
        relay(lawful.submit(fn, ...args), outer);
        return outer;
      },
    }),
  ),
  unlawful("stands still behind a cancelled call", ["runs the calls behind one"], (lawful) => {
    let standsStill = false;
    return {
      submit(fn, ...args) {
        const outer = new Future();
        outer.addDoneCallback(() => (standsStill ||= outer.cancelled()));
        lawful.submit(fn, ...args).addDoneCallback((inner) => {
          if (!standsStill && !outer.done()) outer.setResult(inner.result());
        });
        return outer;
      },
    };
  }),
  unlawful(
    "says yes to a cancel, and goes on",
    ["a running call is cancelled at once or goes on", "CFU-01 refuses to cancel what is done", "FUT-04"],
    (lawful) => ({
      submit(fn, ...args) {
        const future = lawful.submit(fn, ...args);
        const cancel = future.cancel.bind(future);
        future.cancel = (reason) => {
          cancel(reason);
          return true;
        };
        return future;
      },
    }),
  ),
  // wait and asCompleted
  unlawful(
    "leaves the future of a failed call without an end",
    ["POOL-31 wait returns when all are done", "POOL-31 FIRST_EXCEPTION"],
    (lawful) => ({
      submit: (fn, ...args) =>
        lawful.submit(async () => {
          try {
            return await fn(...args);
          } catch {
            return never();
          }
        }),
    }),
  ),
  unlawful(
    "ends the futures in the order of submission",
    ["POOL-31 FIRST_COMPLETED", "POOL-29"],
    (lawful) => {
      let last: PromiseLike<unknown> = Promise.resolve();
      return {
        submit(fn, ...args) {
          const outer = new Future();
          const inner = lawful.submit(fn, ...args);
          last = last.then(() => relay(inner, outer)).then(() => outer);
          return outer;
        },
      };
    },
  ),
  unlawful(
    "does not wait for what takes its time",
    ["POOL-31 wait returns when its time is up", "POOL-30"],
    (lawful) => ({
      submit: (fn, ...args) =>
        lawful.submit(() => Promise.race([Promise.resolve(fn(...args)), Promise.resolve()])),
    }),
  ),
  // map
  unlawful("hands results out as they come", ["POOL-04 map gives the results in the order"], (lawful) => ({
    async *map(fn, items) {
      const futures = [...(items as Iterable<unknown>)].map((item) => lawful.submit(fn, item));
      for await (const future of asCompleted(futures)) yield future.result();
    },
  })),
  unlawful("takes a tuple for one argument", ["POOL-04 starmap"], (lawful) => ({
    starmap: (fn, tuples, options) => lawful.map(fn, tuples, options),
  })),
  unlawful("hands out promises", ["map unwraps"], (lawful) => ({
    map: (fn, items, options) => lawful.map((item) => [fn(item)], items, options),
  })),
  unlawful("waits for a first result where there is none", ["map of nothing"], (lawful) => ({
    map: (fn, items, options) =>
      wrapIterator(lawful.map(fn, items, options), (iterator) => {
        let isFirst = true;
        return {
          async next() {
            const next = await iterator.next();
            if (isFirst && next.done === true) await never();
            isFirst = false;
            return next;
          },
        };
      }),
  })),
  unlawful(
    "passes over what fails",
    ["POOL-05", "the error of an input that fails", "POOL-07 throws a TimeoutError"],
    (lawful) => ({
      async *map(fn, items, options) {
        try {
          yield* lawful.map(fn, items, options);
        } catch {
          // Nobody is told.
        }
      },
    }),
  ),
  unlawful("loses the items of a chunk that is not full", ["POOL-09 any size"], (lawful) => ({
    map(fn, items, options) {
      const { chunkSize = 1 } = options ?? {};
      const list = [...(items as Iterable<unknown>)];
      return lawful.map(fn, list.slice(0, list.length - (list.length % chunkSize)), options);
    },
  })),
  unlawful("takes any size", ["POOL-09 chunkSize and bufferSize"], (lawful) => ({
    map: (fn, items) => lawful.map(fn, items),
  })),
  unlawful(
    "looks at its input when it is iterated",
    ["map refuses", "POOL-06", "POOL-09 chunkSize and bufferSize"],
    (lawful) => ({
      async *map(fn, items, options) {
        yield* lawful.map(fn, items, options);
      },
    }),
  ),
  unlawful("knows no timeout", ["POOL-07 throws a TimeoutError", "POOL-07 a timeout cancels"], (lawful) => ({
    map: (fn, items, options = {}) => lawful.map(fn, items, { ...options, timeout: 3_600_000 }),
  })),
  unlawful("takes every timeout for over", ["POOL-07 a timeout that is long enough"], (lawful) => ({
    async *map(fn, items, options) {
      yield* lawful.map(fn, items, options);
      if (options?.timeout !== undefined) throw new TimeoutError("The time is up");
    },
  })),
  unlawful(
    "leaves what it has submitted running",
    ["POOL-07 a timeout cancels", "cancels what has not started", "a signal ends it as cancelled"],
    (lawful) => ({
      map(fn, items, options = {}) {
        const futures = [...(items as Iterable<unknown>)].map((item) => lawful.submit(fn, item));
        return lawful.map((index) => futures[index as number], futures.keys(), { ...options, chunkSize: 1 });
      },
    }),
  ),
  unlawful("has one iteration for all", ["several iterations at a time"], (lawful) => {
    let only: AsyncIterable<unknown> | undefined;
    return { map: (...args) => (only ??= lawful.map(...args)) };
  }),
  unlawful(
    "answers requests that come together with the same result",
    ["requests for several results"],
    (lawful) => ({
      map: (fn, items, options) =>
        wrapIterator(lawful.map(fn, items, options), (iterator) => {
          let answer: Promise<IteratorResult<unknown>> | null = null;
          return { next: () => (answer ??= iterator.next().finally(() => (answer = null))) };
        }),
    }),
  ),
  // the input of map
  unlawful("takes plain inputs only", ["reads an async input"], (lawful) => ({
    starmap: (fn, tuples, options) => lawful.starmap(fn, [...(tuples as Iterable<unknown>)], options),
  })),
  unlawful("reads an item too many", ["X-01 with bufferSize at most"], (lawful) => ({
    map: (fn, items, options = {}) =>
      lawful.map(fn, items, { ...options, bufferSize: (options.bufferSize ?? 1) + 1 }),
  })),
  unlawful(
    "reads one item after the other",
    ["X-01 with bufferSize so many", "POOL-04 map gives the results in the order"],
    (lawful) => ({ map: (fn, items) => lawful.map(fn, items, { bufferSize: 1 }) }),
  ),
  unlawful("loses the end of a long async input", ["an async input that never ends"], (lawful) => ({
    async *map(fn, items, options) {
      let left = 10;
      for await (const result of lawful.map(fn, items, options)) {
        yield result;
        if ((left -= 1) === 0) return;
      }
    },
  })),
  unlawful(
    "takes an input that fails for one that ends",
    ["the error of an input that fails", "a plain input that fails"],
    (lawful) => ({
      map(fn, items, options) {
        async function* quiet(): AsyncGenerator {
          try {
            yield* items;
          } catch {
            // Nobody is told.
          }
        }
        return lawful.map(fn, quiet(), options);
      },
    }),
  ),
  // an iteration that ends early
  unlawful("never closes its input", ["closes an input"], (lawful) => ({
    map(fn, items, options) {
      const iterator = (items as Iterable<unknown>)[Symbol.iterator]();
      return lawful.map(fn, { [Symbol.iterator]: () => ({ next: () => iterator.next() }) }, options);
    },
  })),
  unlawful(
    "goes on although it was closed",
    ["cancels what has not started", "is over afterwards"],
    (lawful) => ({
      map: (fn, items, options) =>
        wrapIterator(lawful.map(fn, items, options), () => ({
          return: async () => ({ done: true, value: undefined }),
        })),
    }),
  ),
  unlawful(
    "knows no signal",
    ["a signal ends it as cancelled", "a signal that was aborted before"],
    (lawful) => ({
      map(fn, items, options = {}) {
        return lawful.map(fn, items, { ...options, signal: new AbortController().signal });
      },
    }),
  ),
  unlawful("takes a signal for a shutdown", ["a signal that is aborted after the end"], (lawful) => ({
    map(fn, items, options) {
      options?.signal?.addEventListener("abort", () => void lawful.shutdown());
      return lawful.map(fn, items, options);
    },
  })),
  // shutdown
  unlawful("takes calls for a turn more", ["POOL-03"], (lawful) => ({
    async shutdown(options) {
      await Promise.resolve();
      await lawful.shutdown(options);
    },
  })),
  unlawful(
    "can be shut down once",
    ["of an executor without work", "a later shutdown may wait"],
    (lawful) => {
      let isShutDown = false;
      return {
        async shutdown(options) {
          if (isShutDown) throw new Error("is shut down already");
          isShutDown = true;
          await lawful.shutdown(options);
        },
      };
    },
  ),
  unlawful(
    "never waits",
    ["POOL-11 resolves after all work", "a timeout that is long enough", "after its timeout"],
    (lawful) => ({ shutdown: (options) => lawful.shutdown({ ...options, wait: false }) }),
  ),
  unlawful("always waits", ["POOL-11 without wait", "a later shutdown may wait"], (lawful) => ({
    shutdown: (options) => lawful.shutdown({ ...options, wait: true }),
  })),
  unlawful(
    "always cancels what waits",
    ["POOL-11 resolves after all work", "POOL-11 without wait"],
    (lawful) => ({ shutdown: (options) => lawful.shutdown({ ...options, cancelFutures: true }) }),
  ),
  unlawful(
    "never cancels what waits",
    ["POOL-12 cancelFutures cancels", "POOL-12 cancelFutures ends an iteration", "a later shutdown may"],
    (lawful) => ({ shutdown: (options) => lawful.shutdown({ ...options, cancelFutures: false }) }),
  ),
  unlawful("cancels what runs as well", ["POOL-12 cancelFutures cancels"], (lawful) => ({
    shutdown: () => lawful.shutdown({ timeout: 0 }),
  })),
  unlawful("has no limit of time", ["after its timeout"], (lawful) => ({
    shutdown: () => lawful.shutdown(),
  })),
  unlawful("stops at once, however much time it is given", ["a timeout that is long enough"], (lawful) => ({
    shutdown: () => lawful.shutdown({ cancelFutures: true }),
  })),
  unlawful("ends all iterations", ["an iteration over what was submitted"], (lawful) => {
    let isShutDown = false;
    return {
      map: (fn, items, options) =>
        wrapIterator(lawful.map(fn, items, options), (iterator) => ({
          next: async () => (isShutDown ? { done: true, value: undefined } : iterator.next()),
        })),
      shutdown(options) {
        isShutDown = true;
        return lawful.shutdown(options);
      },
    };
  }),
  unlawful("leaves iterations without an end", ["an iteration that still reads"], (lawful) => ({
    map: (fn, items, options) =>
      wrapIterator(lawful.map(fn, items, options), (iterator) => ({
        next: () => iterator.next().catch(never),
      })),
  })),
  unlawful("does not shut down when it is disposed of", ["await using"], () => ({
    async [Symbol.asyncDispose]() {},
  })),
];
