/** The works of timers, ours. */
import { performance } from "node:perf_hooks";

import { quantile } from "d3-array";

import { type TimerHandle, getRunningLoop } from "@async/loop";
import { gather, run, sleep } from "@async/task";

import type { WorksOf } from "../harness/benchmark.ts";
import { lengthsOfSleeps } from "./lengths.ts";
import type { timers as benchmark } from "./timers.ts";

const MINUTE = 60_000;

export const works: WorksOf<typeof benchmark> = {
  setAndCancel: ({ timers, atATime }) =>
    run(async () => {
      const loop = getRunningLoop();
      let fired = 0;
      const callback = () => void (fired += 1);
      const handles: TimerHandle[] = [];
      for (let i = 0; i < timers; i++) {
        const place = i % atATime;
        handles[place]?.cancel();
        handles[place] = loop.callLater(MINUTE + place, callback);
        if (place === 0) await sleep(0);
      }
      for (const handle of handles) handle.cancel();
      return timers - fired;
    }),

  sleeps: ({ sleeps, longest }) =>
    run(async () => {
      const lengths = lengthsOfSleeps(sleeps, longest);
      const slept = await gather(lengths.map((length) => () => sleep(length, 1)));
      return slept.length;
    }),

  lateness: ({ timers, tasks }, meter) =>
    run(async () => {
      const lateness: number[] = [];
      const switcher = async () => {
        while (lateness.length < timers) await sleep(0);
      };
      const observer = async () => {
        for (let i = 0; i < timers; i++) {
          const started = performance.now();
          await sleep(1);
          lateness.push(performance.now() - started - 1);
        }
      };
      await gather([observer, ...Array.from({ length: tasks }, () => () => switcher())]);
      meter.record(quantile(lateness, 0.99)! * 1e6);
      return lateness.length;
    }),
};
