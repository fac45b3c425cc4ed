/** A bound on how much goes on at a time, with p-map, which takes the things one by one and so keeps no queue of them. */
import pMap from "p-map";

import type { WorksOf } from "../harness/benchmark.ts";
import { Crowd } from "./crowd.ts";
import type { sync as benchmark } from "./sync.ts";

const settled = Promise.resolve();

export const works: WorksOf<typeof benchmark> = {
  bounded: async ({ things, atATime }) => {
    const crowd = new Crowd(atATime);
    const thing = async () => {
      crowd.enter();
      await settled;
      crowd.leave();
    };
    await pMap(
      Array.from({ length: things }, (_, index) => index),
      thing,
      { concurrency: atATime },
    );
    return crowd.visits;
  },
};
