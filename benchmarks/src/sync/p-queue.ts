/** A bound on how much goes on at a time, with p-queue. */
import PQueue from "p-queue";

import type { WorksOf } from "../harness/benchmark.ts";
import { Crowd } from "./crowd.ts";
import type { sync as benchmark } from "./sync.ts";

const settled = Promise.resolve();

export const works: WorksOf<typeof benchmark> = {
  bounded: async ({ things, atATime }) => {
    const queue = new PQueue({ concurrency: atATime });
    const crowd = new Crowd(atATime);
    const thing = async () => {
      crowd.enter();
      await settled;
      crowd.leave();
    };
    await Promise.all(Array.from({ length: things }, () => queue.add(thing)));
    return crowd.visits;
  },
};
