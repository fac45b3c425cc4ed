/** Cancel: a task ends where it waits, after it has cleaned up. */
import { getRunningLoop } from "@async/loop";
import { createTask, sleep, wait } from "@async/task";

import type { Chapter } from "../chapter.ts";

export const cancel: Chapter = {
  title: "Cancel",
  about:
    "cancel(reason) ends a task at the await where it waits. Its finally block still runs, and may wait in its turn. A task that is cancelled before its first step never runs.",

  async run({ watch, say }) {
    const enough = getRunningLoop().createFuture<string>();
    const downloadForever = async () => {
      try {
        for (let part = 1; ; part++) {
          say(`part ${part} is here`);
          if (part === 4) enough.setResult("we have enough");
          await sleep(60);
        }
      } finally {
        say("closes its file, which takes 120 ms");
        await sleep(120);
        say("has closed its file");
      }
    };
    const download = watch(createTask(downloadForever, { name: "download" }));
    const never = watch(createTask(downloadForever, { name: "never" }));
    never.cancel("no longer wanted");

    const reason = await enough;
    say(`cancels the download: ${reason}`);
    download.cancel(reason);
    // `await download` would throw its cancellation, and just so our own: wait throws only ours, so it needs no telling apart.
    await wait([download]);
    try {
      await download;
    } catch (error) {
      say(`await throws ${String(error)}`);
    }
  },
};
