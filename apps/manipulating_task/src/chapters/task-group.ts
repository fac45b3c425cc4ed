/** Task group: tasks that belong together end together. */
import { ExceptionGroup, TaskGroup, sleep } from "@async/task";

import type { Chapter } from "../chapter.ts";

export const taskGroup: Chapter = {
  title: "Task group",
  about:
    "No task outlives its group. When one fails, the others are cancelled and may clean up; then all that went wrong comes out together, in an ExceptionGroup.",

  async run({ watch, say }) {
    try {
      await TaskGroup.run(async (group) => {
        const upload = (part: number, work: () => Promise<string>) => {
          // Nobody needs to await it: the group does.
          void watch(group.createTask(work, { name: `part ${part}` }));
        };

        upload(1, () => sleep(100, "uploaded"));
        upload(2, async () => {
          await sleep(200);
          throw new RangeError("part 2 is damaged");
        });
        upload(3, async () => {
          try {
            return await sleep(60_000, "uploaded");
          } finally {
            say("removes what it has uploaded so far");
            await sleep(120);
          }
        });
        upload(4, async () => {
          try {
            return await sleep(60_000, "uploaded");
          } finally {
            say("fails in its clean-up as well");
            await sleep(60);
            await Promise.reject(new Error("part 4 cannot be removed"));
          }
        });
        say("the group waits for its four tasks");
      });
    } catch (error) {
      if (!(error instanceof ExceptionGroup)) throw error;
      say(String(error));
      for (const each of error.errors) say(`- ${String(each)}`);
    }
  },
};
