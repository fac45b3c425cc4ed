/** mapping: one function for many arguments. The results come in the order of the input, whoever was done first. */
import { ThreadPoolExecutor } from "@async/pool";

import { inWorkers } from "../in-workers.ts";
import { outcomesOf } from "../outcome-of.ts";
import type { Scene } from "../scene.ts";

export const mapping: Scene = {
  title: "Map",
  about:
    "One function for many arguments: the results come in the order of the input. With a bufferSize the input is read as results are taken, so it may be endless.",

  async play({ workers, say }) {
    await using pool = new ThreadPoolExecutor({ maxWorkers: workers });
    const { evaluate, square, squareRoot } = inWorkers;
    say("map(square, [1, 2, 3, 4, 5])", await outcomesOf(pool.map(square, [1, 2, 3, 4, 5])));
    say(
      "starmap(evaluate, [[2, 1000], [3, 1000]])",
      await outcomesOf(
        pool.starmap(evaluate, [
          [2, 1000],
          [3, 1000],
        ]),
      ),
    );
    say("map(squareRoot, [4, 9, -1, 16])", await outcomesOf(pool.map(squareRoot, [4, 9, -1, 16])));

    let read = 0;
    const naturals = function* () {
      for (;;) yield (read += 1);
    };
    for await (const result of pool.map(square, naturals(), { bufferSize: 8 })) {
      if (result < 1000) continue;
      say(
        "map(square, naturals(), { bufferSize: 8 })",
        `${result} is beyond 1000; ${read} numbers were read`,
      );
      break;
    }
  },
};
