/** Create and await: three computations take turns on one thread. */
import { createTask, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { binomial } from "../numbers/binomial.ts";
import { compute } from "../numbers/compute.ts";
import { factorial } from "../numbers/factorial.ts";
import { fibonacci } from "../numbers/fibonacci.ts";
import { showValue } from "../text/show-value.ts";

export const createAndAwait: Chapter = {
  title: "Create and await",
  about:
    "createTask starts an async function as a task. At each await it lets the others run, so the steps of three computations interleave.",

  async run({ watch, say }, { number, k }) {
    const tasks = [
      watch(createTask(() => compute(factorial(number), say), { name: "factorial" })),
      watch(createTask(() => compute(fibonacci(number), say), { name: "fibonacci" })),
      watch(createTask(() => compute(binomial(number, k), say), { name: "binomial" })),
    ];
    say(`${tasks.length} tasks are created; none has run yet`);

    const results: bigint[] = [];
    for (const task of tasks) results.push(await task);
    // All have ended; their own last lines come first.
    await sleep(0);
    say(`${number}! = ${showValue(results[0])}`);
    say(`F(${number}) = ${showValue(results[1])}`);
    say(`C(${number}, ${k}) = ${showValue(results[2])}`);
  },
};
