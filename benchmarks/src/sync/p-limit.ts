/** A bound on how much goes on at a time, with p-limit. */
import pLimit from "p-limit";

import type { WorksOf } from "../harness/benchmark.ts";
import { Crowd } from "./crowd.ts";
import type { sync as benchmark } from "./sync.ts";

const settled = Promise.resolve();

export const works: WorksOf<typeof benchmark> = {
  bounded: async ({ things, atATime }) => {
    const limit = pLimit(atATime);
    const crowd = new Crowd(atATime);
    const thing = async () => {
      crowd.enter();
      await settled;
      crowd.leave();
    };
    await Promise.all(Array.from({ length: things }, () => limit(thing)));
    return crowd.visits;
  },
};
