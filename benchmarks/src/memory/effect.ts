/** The works of memory with Effect: a task is a fiber that its parent owns; a cancelled timer is a sleeping fiber that is interrupted. */
import { Effect, Fiber } from "effect";

import type { WorksOf } from "../harness/benchmark.ts";
import { heapInUse } from "./heap.ts";
import type { memory as benchmark } from "./memory.ts";

const WARM_UP = 10_000;
const measureHeap = Effect.promise(heapInUse);

export const works: WorksOf<typeof benchmark> = {
  sleeping: ({ tasks }, meter) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const fibers: Fiber.Fiber<void>[] = [];
        const before = yield* measureHeap;
        for (let i = 0; i < tasks; i++) fibers.push(yield* Effect.forkChild(Effect.sleep("1 hour")));
        yield* Effect.yieldNow;
        meter.record(((yield* measureHeap) - before) / tasks);
        yield* Fiber.interruptAll(fibers);
        const exits = yield* Fiber.awaitAll(fibers);
        return exits.filter(({ _tag }) => _tag === "Failure").length;
      }),
    ),

  afterTasks: ({ tasks }, meter) =>
    Effect.runPromise(
      Effect.gen(function* () {
        let ended = 0;
        const body = Effect.gen(function* () {
          ended += 1;
        });
        for (let i = 0; i < WARM_UP; i++) yield* Fiber.join(yield* Effect.forkChild(body));
        const before = yield* measureHeap;
        for (let i = 0; i < tasks; i++) yield* Fiber.join(yield* Effect.forkChild(body));
        meter.record((yield* measureHeap) - before);
        return ended - WARM_UP;
      }),
    ),

  afterTimers: ({ each }, meter) =>
    Effect.runPromise(
      Effect.gen(function* () {
        let ended = 0;
        const body = Effect.gen(function* () {
          ended += 1;
        });
        const setBoth = Effect.fnUntraced(function* (times: number) {
          for (let i = 0; i < times; i++) {
            const sleeping = yield* Effect.forkChild(Effect.sleep("1 hour"), { startImmediately: true });
            yield* Fiber.interrupt(sleeping);
            yield* Effect.timeout(body, "1 hour");
          }
        });
        yield* setBoth(WARM_UP);
        const before = yield* measureHeap;
        yield* setBoth(each);
        meter.record((yield* measureHeap) - before);
        return 2 * (ended - WARM_UP);
      }),
    ),
};
