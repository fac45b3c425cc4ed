/** The works of memory with bare promises: the floor. What sleeps here is an async function that nobody owns, with an AbortSignal to stop it. */
import { setTimeout as sleep } from "node:timers/promises";

import type { WorksOf } from "../harness/benchmark.ts";
import { heapInUse } from "./heap.ts";
import type { memory as benchmark } from "./memory.ts";

const HOUR = 3_600_000;

export const works: WorksOf<typeof benchmark> = {
  sleeping: async ({ tasks }, meter) => {
    const before = await heapInUse();
    const sleeping = Array.from({ length: tasks }, () => {
      const controller = new AbortController();
      const body = async () => sleep(HOUR, undefined, { signal: controller.signal });
      return { controller, slept: body() };
    });
    meter.record(((await heapInUse()) - before) / tasks);
    for (const { controller } of sleeping) controller.abort();
    const outcomes = await Promise.allSettled(sleeping.map(({ slept }) => slept));
    return outcomes.filter(({ status }) => status === "rejected").length;
  },
};
