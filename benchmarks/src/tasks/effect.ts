/**
 * The works of tasks with Effect. Its task is a fiber, its `sleep(0)` is `yieldNow`.
 *
 * Hot functions are `fnUntraced`, as its guide advises; a fiber is forked with `forkChild`, which owns it as a task group owns a task. The
 * body of a fiber is a generator, as what a user writes is that has something to wait for; a bare `Effect.sync` would be a function call.
 */
import { Effect, Fiber } from "effect";

import type { WorksOf } from "../harness/benchmark.ts";
import type { tasks as benchmark } from "./tasks.ts";

export const works: WorksOf<typeof benchmark> = {
  switch: ({ tasks, turns }) => Effect.runPromise(switchFibers(tasks, turns)),

  switchOne: ({ turns }) => Effect.runPromise(switchFibers(1, turns)),

  create: ({ tasks }) => Effect.runPromise(createAndJoin(tasks, false)),

  eager: ({ tasks }) => Effect.runPromise(createAndJoin(tasks, true)),

  gather: ({ tasks }) => {
    let ended = 0;
    const body = Effect.gen(function* () {
      ended += 1;
    });
    const all = Effect.all(
      Array.from({ length: tasks }, () => body),
      { concurrency: "unbounded" },
    );
    return Effect.runPromise(Effect.map(all, () => ended));
  },

  group: ({ groups, tasks }) => {
    let ended = 0;
    const body = Effect.gen(function* () {
      ended += 1;
    });
    const group = Effect.awaitAllChildren(
      Effect.gen(function* () {
        for (let i = 0; i < tasks; i++) yield* Effect.forkChild(body);
      }),
    );
    return Effect.runPromise(
      Effect.gen(function* () {
        for (let i = 0; i < groups; i++) yield* group;
        return ended;
      }),
    );
  },

  cancel: ({ tasks }, meter) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const fibers = [];
        for (let i = 0; i < tasks; i++) fibers.push(yield* Effect.forkChild(Effect.sleep("1 hour")));
        yield* Effect.yieldNow;
        meter.start();
        yield* Fiber.interruptAll(fibers);
        const exits = yield* Fiber.awaitAll(fibers);
        meter.stop();
        return exits.filter(({ _tag }) => _tag === "Failure").length;
      }),
    ),

  chain: ({ chains, depth }) => {
    const descend = Effect.fnUntraced(function* (left: number): Effect.fn.Return<number> {
      if (left > 1) return (yield* descend(left - 1)) + 1;
      yield* Effect.yieldNow;
      return 1;
    });
    return Effect.runPromise(
      Effect.gen(function* () {
        let awaits = 0;
        for (let i = 0; i < chains; i++) awaits += yield* descend(depth);
        return awaits;
      }),
    );
  },
};

const switchFibers = Effect.fnUntraced(function* (tasks: number, turns: number) {
  let switches = 0;
  const body = Effect.gen(function* () {
    for (let i = 0; i < turns; i++) {
      yield* Effect.yieldNow;
      switches += 1;
    }
  });
  yield* Effect.all(
    Array.from({ length: tasks }, () => body),
    { concurrency: "unbounded", discard: true },
  );
  return switches;
});

const createAndJoin = Effect.fnUntraced(function* (tasks: number, startImmediately: boolean) {
  let ended = 0;
  const body = Effect.gen(function* () {
    ended += 1;
  });
  for (let i = 0; i < tasks; i++) yield* Fiber.join(yield* Effect.forkChild(body, { startImmediately }));
  return ended;
});
