/** The works of tasks, ours. */
import { AsyncLocalStorage } from "node:async_hooks";

import { isCancelled } from "@async/futures";
import { TaskGroup, createTask, gather, run, sleep } from "@async/task";

import type { WorksOf } from "../harness/benchmark.ts";
import type { tasks as benchmark } from "./tasks.ts";

const HOUR = 3_600_000;
/** One for all runs: once used, a storage stays in the context of the process, and each one there makes every later task dearer. */
const usersContext = new AsyncLocalStorage<string>();

export const works: WorksOf<typeof benchmark> = {
  switch: ({ tasks, turns }) => run(() => switchTasks(tasks, turns)),

  switchInContext: ({ tasks, turns }) => usersContext.run("user", () => run(() => switchTasks(tasks, turns))),

  switchOne: ({ turns }) => run(() => switchTasks(1, turns)),

  create: ({ tasks }) =>
    run(async () => {
      let ended = 0;
      const body = async () => void (ended += 1);
      for (let i = 0; i < tasks; i++) await createTask(body);
      return ended;
    }),

  eager: ({ tasks }) =>
    run(async () => {
      let ended = 0;
      const body = async () => void (ended += 1);
      for (let i = 0; i < tasks; i++) await createTask(body, { eager: true });
      return ended;
    }),

  gather: ({ tasks }) =>
    run(async () => {
      let ended = 0;
      const body = async () => void (ended += 1);
      await gather(Array.from({ length: tasks }, () => () => body()));
      return ended;
    }),

  group: ({ groups, tasks }) =>
    run(async () => {
      let ended = 0;
      const body = async () => void (ended += 1);
      for (let i = 0; i < groups; i++) {
        await TaskGroup.run(async (group) => {
          for (let j = 0; j < tasks; j++) void group.createTask(body);
        });
      }
      return ended;
    }),

  cancel: ({ tasks }, meter) =>
    run(async () => {
      const sleeping = Array.from({ length: tasks }, () => createTask(() => sleep(HOUR)));
      await sleep(0);
      meter.start();
      for (const task of sleeping) task.cancel();
      const outcomes = await gather(sleeping, { returnExceptions: true });
      meter.stop();
      return outcomes.filter((outcome) => isCancelled(outcome)).length;
    }),

  chain: ({ chains, depth }) =>
    run(async () => {
      const descend = async (left: number): Promise<number> => {
        if (left > 1) return (await descend(left - 1)) + 1;
        await sleep(0);
        return 1;
      };
      let awaits = 0;
      for (let i = 0; i < chains; i++) awaits += await descend(depth);
      return awaits;
    }),
};

async function switchTasks(tasks: number, turns: number): Promise<number> {
  let switches = 0;
  const body = async () => {
    for (let i = 0; i < turns; i++) {
      await sleep(0);
      switches += 1;
    }
  };
  await gather(Array.from({ length: tasks }, () => () => body()));
  return switches;
}
