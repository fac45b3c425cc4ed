/** I/O: the same real work, one after another and at the same time, measured. */
import { getRunningLoop } from "@async/loop";
import { createTask, gather } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { LatentServer } from "../io/latent-server.ts";
import { TemporaryFiles } from "../io/temporary-files.ts";

const LATENCY = 80;
const REQUESTS = 5;
const FILES = 100;
const FILE_SIZE = 200_000;

export const readAndFetch: Chapter = {
  title: "I/O, in turn and at once",
  about: `${REQUESTS} HTTP requests to a server on this machine that takes ${LATENCY} ms to answer, then ${FILES} files of ${FILE_SIZE / 1000} kB. All of it is real; the signal of the task stops it when the task is cancelled.`,

  async run({ watch, say, compare }) {
    const loop = getRunningLoop();
    const measure = async (work: () => PromiseLike<unknown>) => {
      const start = loop.time();
      await work();
      return loop.time() - start;
    };

    await using server = await LatentServer.start(LATENCY);
    const get = (page: number) =>
      watch(
        createTask(
          async ({ signal }) => {
            say(`GET /${page}`);
            const response = await fetch(`${server.url}/${page}`, { signal });
            return await response.text();
          },
          { name: `request ${page}` },
        ),
      );
    const pages = Array.from({ length: REQUESTS }, (_, index) => index + 1);
    // The first request of a process loads code; that is not what is measured.
    await fetch(server.url, { method: "HEAD" });

    const inTurn = await measure(async () => {
      for (const page of pages) await get(page);
    });
    const atOnce = await measure(() => gather(pages.map(get)));
    compare([
      { label: `${REQUESTS} requests in turn`, duration: inTurn },
      { label: `${REQUESTS} requests at once`, duration: atOnce },
    ]);

    await using files = await TemporaryFiles.create(FILES, FILE_SIZE);
    const readInTurn = watch(
      createTask(
        async ({ signal }) => {
          for (const file of files.names) await files.read(file, signal);
          return `${FILES} files read`;
        },
        { name: "in turn" },
      ),
    );
    const first = await measure(() => readInTurn);
    const readAtOnce = watch(
      createTask(
        async () => {
          await gather(files.names.map((file) => ({ signal }) => files.read(file, signal)));
          return `${FILES} files read`;
        },
        { name: "at once" },
      ),
    );
    const second = await measure(() => readAtOnce);
    compare([
      { label: `${FILES} files in turn`, duration: first },
      { label: `${FILES} files at once`, duration: second },
    ]);
  },
};
