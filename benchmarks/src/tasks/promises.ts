/**
 * The works of tasks with bare promises: the floor, what the host takes for an async function and an await with no task around it.
 *
 * It does less: there is no turn of a loop (an `await` lets only microtasks by), nothing owns an async function, and only `cancel` can be
 * stopped, by an AbortSignal that each sleep was given.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";

import type { WorksOf } from "../harness/benchmark.ts";
import type { tasks as benchmark } from "./tasks.ts";

const HOUR = 3_600_000;
const settled = Promise.resolve();

export const works: WorksOf<typeof benchmark> = {
  switch: ({ tasks, turns }) => switchAll(tasks, turns),

  switchInContext: ({ tasks, turns }) =>
    new AsyncLocalStorage<string>().run("user", () => switchAll(tasks, turns)),

  switchOne: ({ turns }) => switchAll(1, turns),

  create: async ({ tasks }) => {
    let ended = 0;
    const body = async () => void (ended += 1);
    for (let i = 0; i < tasks; i++) await body();
    return ended;
  },

  gather: async ({ tasks }) => {
    let ended = 0;
    const body = async () => void (ended += 1);
    await Promise.all(Array.from({ length: tasks }, () => body()));
    return ended;
  },

  cancel: async ({ tasks }, meter) => {
    const sleeping = Array.from({ length: tasks }, () => {
      const controller = new AbortController();
      return { controller, slept: sleep(HOUR, undefined, { signal: controller.signal }) };
    });
    meter.start();
    for (const { controller } of sleeping) controller.abort();
    const outcomes = await Promise.allSettled(sleeping.map(({ slept }) => slept));
    meter.stop();
    return outcomes.filter(({ status }) => status === "rejected").length;
  },

  chain: async ({ chains, depth }) => {
    const descend = async (left: number): Promise<number> => {
      if (left > 1) return (await descend(left - 1)) + 1;
      await settled;
      return 1;
    };
    let awaits = 0;
    for (let i = 0; i < chains; i++) awaits += await descend(depth);
    return awaits;
  },
};

async function switchAll(tasks: number, turns: number): Promise<number> {
  let switches = 0;
  const body = async () => {
    for (let i = 0; i < turns; i++) {
      await settled;
      switches += 1;
    }
  };
  await Promise.all(Array.from({ length: tasks }, () => body()));
  return switches;
}
