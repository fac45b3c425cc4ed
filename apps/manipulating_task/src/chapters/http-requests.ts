/** HTTP requests: waiting in turn takes the sum of the latencies, waiting at once takes the longest of them. */
import { createTask, gather } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { LatentServer } from "../io/latent-server.ts";
import { stopwatch } from "../io/stopwatch.ts";

/** Page n is there after n milliseconds. They end in this order even on a busy machine. */
const pages = [60, 75, 90, 105, 120];

export const httpRequests: Chapter = {
  title: "HTTP requests",
  about:
    "Five requests to a server on this machine that takes its time to answer: first one after another, then all at once. The signal of each task would stop its request.",

  async run({ watch, say, compare }) {
    await using server = await LatentServer.start();
    const get = (page: number, manner: string) =>
      watch(
        createTask(
          async ({ signal }) => {
            say(`GET /${page}`);
            const response = await fetch(`${server.url}/${page}`, { signal });
            return await response.text();
          },
          { name: `${manner} ${pages.indexOf(page) + 1}` },
        ),
      );
    // The first request of a process loads code, which is not what we want to measure.
    await fetch(`${server.url}/0`);

    const inTurn = await stopwatch(async () => {
      for (const page of pages) await get(page, "in turn");
    });
    const atOnce = await stopwatch(() => gather(pages.map((page) => get(page, "at once"))));
    compare([
      { label: "in turn", duration: inTurn },
      { label: "at once", duration: atOnce },
    ]);
  },
};
