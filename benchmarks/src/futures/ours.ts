/** The works of futures, ours. */
import { getRunningLoop } from "@async/loop";
import { gather, run, sleep } from "@async/task";

import type { WorksOf } from "../harness/benchmark.ts";
import type { futures as benchmark } from "./futures.ts";

export const works: WorksOf<typeof benchmark> = {
  resolved: ({ futures }) =>
    run(async () => {
      const loop = getRunningLoop();
      let sum = 0;
      for (let i = 0; i < futures; i++) {
        const future = loop.createFuture<number>();
        future.setResult(1);
        sum += await future;
      }
      return sum;
    }),

  pingPong: ({ exchanges }) =>
    run(async () => {
      const loop = getRunningLoop();
      let there = loop.createFuture<number>();
      let back = loop.createFuture<number>();
      let sum = 0;
      const ping = async () => {
        for (let i = 0; i < exchanges; i++) {
          back = loop.createFuture();
          there.setResult(1);
          const received = await back;
          sum += received;
        }
      };
      const pong = async () => {
        for (let i = 0; i < exchanges; i++) {
          const received = await there;
          sum += received;
          there = loop.createFuture();
          back.setResult(1);
        }
      };
      await gather([ping, pong]);
      return sum;
    }),

  callbacks: ({ futures, callbacks }) =>
    run(async () => {
      const loop = getRunningLoop();
      let called = 0;
      const callback = () => void (called += 1);
      for (let i = 0; i < futures; i++) {
        const future = loop.createFuture<number>();
        for (let j = 0; j < callbacks; j++) future.addDoneCallback(callback);
        future.setResult(1);
        await sleep(0);
      }
      return called;
    }),
};
