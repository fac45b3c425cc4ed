/** File reads: the same comparison where the host has four threads to wait with. */
import { type Task, createTask, gather } from "@async/task";

import type { Chapter } from "../chapter.ts";
import { stopwatch } from "../io/stopwatch.ts";
import { TemporaryFiles } from "../io/temporary-files.ts";

const COUNT = 500;
/** Bytes. */
const SIZE = 10_000;

export const fileReads: Chapter = {
  title: "File reads",
  about: `${COUNT} files of ${SIZE / 1000} kB, read in turn by one task, then at once by a task each. The work is done by the host's threads, while our thread only hands it out.`,

  async run({ watch, compare }) {
    await using files = await TemporaryFiles.create(COUNT, SIZE);
    const readInTurn = async ({ signal }: Task) => {
      for (const name of files.names) await files.read(name, signal);
      return `${COUNT} files`;
    };
    const readAtOnce = async () => {
      await gather(files.names.map((name) => ({ signal }) => files.read(name, signal)));
      return `${COUNT} files`;
    };
    const inTurn = await stopwatch(() => watch(createTask(readInTurn, { name: "in turn" })));
    const atOnce = await stopwatch(() => watch(createTask(readAtOnce, { name: "at once" })));
    compare([
      { label: "in turn", duration: inTurn },
      { label: "at once", duration: atOnce },
    ]);
  },
};
