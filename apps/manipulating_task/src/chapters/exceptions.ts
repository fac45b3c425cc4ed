/** Exceptions: what one task throws is its own affair until somebody awaits it. */
import { createTask, gather, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";

export const exceptions: Chapter = {
  title: "Exceptions",
  about:
    "A task that throws does not disturb the others. gather with returnExceptions hands its error over like a result; an await of the task throws it.",

  async run({ watch, say }) {
    const add = async (words: readonly string[]) => {
      let sum = 0;
      for (const word of words) {
        if (Number.isNaN(Number(word))) throw new RangeError(`"${word}" is no number`);
        sum += Number(word);
        say(`adds ${word}`);
        await sleep(80);
      }
      return sum;
    };
    const sums = [
      watch(createTask(() => add(["1", "2", "3", "4"]), { name: "sum 1" })),
      watch(createTask(() => add(["5", "6", "7", "8"]), { name: "sum 2" })),
      watch(createTask(() => add(["9", "10", "eleven", "12"]), { name: "sum 3" })),
    ];

    const results = await gather(sums, { returnExceptions: true });
    say(`gather returns: ${results.join(", ")}`);
    try {
      await sums[2];
    } catch (error) {
      say(`await throws ${String(error)}`);
    }
  },
};
