/**
 * The works of tasks with Effection. It has no turn of a loop to give up, only `sleep(0)`, which waits a millisecond for a host timer; an
 * action that a microtask resolves is the quickest way to let others run, so that is what stands for it here.
 */
import { type Operation, action, all, run, scoped, sleep, spawn } from "effection";

import type { WorksOf } from "../harness/benchmark.ts";
import type { tasks as benchmark } from "./tasks.ts";

const HOUR = 3_600_000;

export const works: WorksOf<typeof benchmark> = {
  switch: ({ tasks, turns }) => run(() => switchTasks(tasks, turns)),

  switchOne: ({ turns }) => run(() => switchTasks(1, turns)),

  create: ({ tasks }) =>
    run(function* () {
      let ended = 0;
      for (let i = 0; i < tasks; i++) {
        yield* yield* spawn(function* () {
          ended += 1;
        });
      }
      return ended;
    }),

  gather: ({ tasks }) =>
    run(function* () {
      let ended = 0;
      const body = function* (): Operation<void> {
        ended += 1;
      };
      yield* all(Array.from({ length: tasks }, body));
      return ended;
    }),

  group: ({ groups, tasks }) =>
    run(function* () {
      let ended = 0;
      for (let i = 0; i < groups; i++) {
        yield* scoped(function* () {
          const spawned = [];
          for (let j = 0; j < tasks; j++) {
            spawned.push(
              yield* spawn(function* () {
                ended += 1;
              }),
            );
          }
          for (const task of spawned) yield* task;
        });
      }
      return ended;
    }),

  cancel: ({ tasks }, meter) =>
    run(function* () {
      let halted = 0;
      const spawned = [];
      for (let i = 0; i < tasks; i++) {
        spawned.push(
          yield* spawn(function* () {
            try {
              yield* sleep(HOUR);
            } finally {
              halted += 1;
            }
          }),
        );
      }
      yield* turn;
      meter.start();
      for (const task of spawned) yield* task.halt();
      meter.stop();
      return halted;
    }),

  chain: ({ chains, depth }) =>
    run(function* () {
      let awaits = 0;
      for (let i = 0; i < chains; i++) awaits += yield* descend(depth);
      return awaits;
    }),
};

const turn: Operation<void> = action((resolve) => {
  queueMicrotask(resolve);
  return () => undefined;
});

function* switchTasks(tasks: number, turns: number): Operation<number> {
  let switches = 0;
  const body = function* (): Operation<void> {
    for (let i = 0; i < turns; i++) {
      yield* turn;
      switches += 1;
    }
  };
  yield* all(Array.from({ length: tasks }, body));
  return switches;
}

function* descend(left: number): Operation<number> {
  if (left > 1) return (yield* descend(left - 1)) + 1;
  yield* turn;
  return 1;
}
