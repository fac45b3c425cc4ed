/** The works of synchronisation with Effect, whose lock is a semaphore with one permit; `forEach` bounds what goes on at a time by itself. */
import { Effect, Queue, Semaphore } from "effect";

import type { WorksOf } from "../harness/benchmark.ts";
import { Crowd } from "./crowd.ts";
import type { sync as benchmark } from "./sync.ts";

export const works: WorksOf<typeof benchmark> = {
  lock: ({ times }) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const lock = yield* Semaphore.make(1);
        const crowd = new Crowd(1);
        for (let i = 0; i < times; i++) {
          yield* Semaphore.take(lock, 1);
          crowd.enter();
          crowd.leave();
          yield* Semaphore.release(lock, 1);
        }
        return crowd.visits;
      }),
    ),

  contendedLock: ({ tasks, times }) => Effect.runPromise(visit(1, tasks, times)),

  semaphore: ({ places, tasks, times }) => Effect.runPromise(visit(places, tasks, times)),

  handOver: ({ items, room }) => Effect.runPromise(passOn(items, room)),

  queue: ({ items, room }) => Effect.runPromise(passOn(items, room)),

  bounded: ({ things, atATime }) => {
    const crowd = new Crowd(atATime);
    const thing = () =>
      Effect.gen(function* () {
        crowd.enter();
        yield* Effect.yieldNow;
        crowd.leave();
      });
    const numbers = Array.from({ length: things }, (_, index) => index);
    const all = Effect.forEach(numbers, thing, { concurrency: atATime, discard: true });
    return Effect.runPromise(Effect.map(all, () => crowd.visits));
  },
};

const visit = Effect.fnUntraced(function* (places: number, tasks: number, times: number) {
  const semaphore = yield* Semaphore.make(places);
  const crowd = new Crowd(places);
  const visitor = Effect.gen(function* () {
    for (let i = 0; i < times; i++) {
      yield* Semaphore.take(semaphore, 1);
      crowd.enter();
      yield* Effect.yieldNow;
      crowd.leave();
      yield* Semaphore.release(semaphore, 1);
    }
  });
  yield* Effect.all(
    Array.from({ length: tasks }, () => visitor),
    { concurrency: "unbounded", discard: true },
  );
  return crowd.visits;
});

const passOn = Effect.fnUntraced(function* (items: number, room: number) {
  const queue = yield* Queue.bounded<number>(room);
  let sum = 0;
  const producer = Effect.gen(function* () {
    for (let i = 0; i < items; i++) yield* Queue.offer(queue, 1);
  });
  const consumer = Effect.gen(function* () {
    for (let i = 0; i < items; i++) {
      const item = yield* Queue.take(queue);
      sum += item;
    }
  });
  yield* Effect.all([producer, consumer], { concurrency: "unbounded", discard: true });
  return sum;
});
