/** The works of timers with what Node has: setTimeout, and promises of it. Its timers are in whole milliseconds. */
import { performance } from "node:perf_hooks";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

import { quantile } from "d3-array";

import type { WorksOf } from "../harness/benchmark.ts";
import { lengthsOfSleeps } from "./lengths.ts";
import type { timers as benchmark } from "./timers.ts";

const MINUTE = 60_000;

export const works: WorksOf<typeof benchmark> = {
  setAndCancel: async ({ timers, atATime }) => {
    let fired = 0;
    const callback = () => void (fired += 1);
    const timeouts: NodeJS.Timeout[] = [];
    for (let i = 0; i < timers; i++) {
      const place = i % atATime;
      clearTimeout(timeouts[place]);
      timeouts[place] = setTimeout(callback, MINUTE + place);
      if (place === 0) await turn();
    }
    for (const timeout of timeouts) clearTimeout(timeout);
    return timers - fired;
  },

  sleeps: async ({ sleeps, longest }) => {
    const lengths = lengthsOfSleeps(sleeps, longest);
    const slept = await Promise.all(lengths.map((length) => sleep(length, 1)));
    return slept.length;
  },

  lateness: async ({ timers, tasks }, meter) => {
    const lateness: number[] = [];
    const switcher = async () => {
      while (lateness.length < timers) await turn();
    };
    const observer = async () => {
      for (let i = 0; i < timers; i++) {
        const started = performance.now();
        await sleep(1);
        lateness.push(performance.now() - started - 1);
      }
    };
    await Promise.all([observer(), ...Array.from({ length: tasks }, () => switcher())]);
    meter.record(quantile(lateness, 0.99)! * 1e6);
    return lateness.length;
  },
};
