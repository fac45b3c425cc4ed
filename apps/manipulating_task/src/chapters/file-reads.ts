/** File reads: the same comparison where the host has a few threads to wait with. */
import { tmpdir } from "node:os";

import { type Coroutine, createTask, gather } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { stopwatch } from "../io/stopwatch.ts";
import { TemporaryFiles } from "../io/temporary-files.ts";

const COUNT = 500;
/** Bytes. */
const SIZE = 10_000;

export const fileReads: Chapter = {
  title: "File reads",
  about: `${COUNT} files of ${SIZE / 1000} kB, read in turn by one task, then at once by a task each. The host's threads do the work; ours only hands it out.`,

  async run({ watch, say, compare }) {
    await using files = await TemporaryFiles.in(tmpdir(), COUNT);
    const start = (name: string, work: Coroutine<unknown>) => {
      const main: Coroutine<string> = async (task) => {
        say("starts");
        await work(task);
        return `${COUNT} files`;
      };
      return watch(createTask(main, { name }));
    };

    await start("write", () => files.write(SIZE));
    const inTurn = await stopwatch(() =>
      start("in turn", async ({ signal }) => {
        for (const name of files.names) await files.read(name, signal);
      }),
    );
    const atOnce = await stopwatch(() =>
      start("at once", () =>
        gather(
          files.names.map(
            (name) =>
              ({ signal }) =>
                files.read(name, signal),
          ),
        ),
      ),
    );
    compare([
      { label: "in turn", duration: inTurn },
      { label: "at once", duration: atOnce },
    ]);
  },
};
