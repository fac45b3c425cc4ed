/** The works of futures with bare promises: the floor. A promise has one awaiter's turn less, and nothing can be cancelled or asked. */
import type { WorksOf } from "../harness/benchmark.ts";
import type { futures as benchmark } from "./futures.ts";

const settled = Promise.resolve();

export const works: WorksOf<typeof benchmark> = {
  resolved: async ({ futures }) => {
    let sum = 0;
    for (let i = 0; i < futures; i++) {
      const { promise, resolve } = Promise.withResolvers<number>();
      resolve(1);
      sum += await promise;
    }
    return sum;
  },

  pingPong: async ({ exchanges }) => {
    let there = Promise.withResolvers<number>();
    let back = Promise.withResolvers<number>();
    let sum = 0;
    const ping = async () => {
      for (let i = 0; i < exchanges; i++) {
        back = Promise.withResolvers();
        there.resolve(1);
        const received = await back.promise;
        sum += received;
      }
    };
    const pong = async () => {
      for (let i = 0; i < exchanges; i++) {
        const received = await there.promise;
        sum += received;
        there = Promise.withResolvers();
        back.resolve(1);
      }
    };
    await Promise.all([ping(), pong()]);
    return sum;
  },

  callbacks: async ({ futures, callbacks }) => {
    let called = 0;
    const callback = () => void (called += 1);
    for (let i = 0; i < futures; i++) {
      const { promise, resolve } = Promise.withResolvers<number>();
      for (let j = 0; j < callbacks; j++) void promise.then(callback);
      resolve(1);
      await settled;
    }
    return called;
  },
};
