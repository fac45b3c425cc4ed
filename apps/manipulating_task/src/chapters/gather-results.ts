/** Gather: several at once, and their results in the order in which they were asked for. */
import { createTask, gather, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";

export const gatherResults: Chapter = {
  title: "Gather",
  about:
    "gather waits for several tasks at once. The slowest decides how long it takes, and the results come in the order of the arguments, whoever ends first.",

  async run({ watch, say }) {
    const cook = (dish: string, duration: number) => {
      const prepare = async () => {
        say(`takes ${duration} ms`);
        await sleep(duration);
        return dish;
      };
      return watch(createTask(prepare, { name: dish }));
    };

    const menu = await gather([cook("roast", 320), cook("salad", 120), cook("soup", 220)]);
    say(`gather returns: ${menu.join(", ")}`);
  },
};
