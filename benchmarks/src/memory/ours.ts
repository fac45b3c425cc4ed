/** The works of memory, ours. */
import { getRunningLoop } from "@async/loop";
import { createTask, ensureFuture, gather, run, sleep, timeout } from "@async/task";

import type { WorksOf } from "../harness/benchmark.ts";
import { heapInUse } from "./heap.ts";
import type { memory as benchmark } from "./memory.ts";

const HOUR = 3_600_000;
const WARM_UP = 10_000;

export const works: WorksOf<typeof benchmark> = {
  sleeping: ({ tasks }, meter) =>
    run(async () => {
      await gather(Array.from({ length: tasks }, () => () => sleep(0)));
      const before = await ensureFuture(heapInUse());
      const sleeping = Array.from({ length: tasks }, () => createTask(() => sleep(HOUR)));
      await sleep(0);
      meter.record(((await ensureFuture(heapInUse())) - before) / tasks);
      const cancelled = sleeping.filter((task) => task.cancel()).length;
      await gather(sleeping, { returnExceptions: true });
      return cancelled;
    }),

  afterTasks: ({ tasks }, meter) =>
    run(async () => {
      let ended = 0;
      const body = async () => void (ended += 1);
      for (let i = 0; i < WARM_UP; i++) await createTask(body);
      const before = await ensureFuture(heapInUse());
      for (let i = 0; i < tasks; i++) await createTask(body);
      meter.record((await ensureFuture(heapInUse())) - before);
      return ended - WARM_UP;
    }),

  afterTimers: ({ each }, meter) =>
    run(async () => {
      const loop = getRunningLoop();
      let ended = 0;
      const body = async () => void (ended += 1);
      const setBoth = async (times: number) => {
        for (let i = 0; i < times; i++) {
          loop.callLater(HOUR, body).cancel();
          await timeout(HOUR, body);
        }
      };
      await setBoth(WARM_UP);
      const before = await ensureFuture(heapInUse());
      await setBoth(each);
      meter.record((await ensureFuture(heapInUse())) - before);
      return 2 * (ended - WARM_UP);
    }),
};
