import { readdirSync } from "node:fs";

import { isCancelled } from "@async/futures";
import { createTask, run, sleep } from "@async/task";
import { temporaryFolder } from "@async/test-kit";
import { expect, it } from "vitest";

import { TemporaryFiles } from "../../src/io/temporary-files.ts";

it("has files of the size asked for, and leaves nothing behind", () =>
  run(async ({ signal }) => {
    using folder = temporaryFolder();
    const parent = folder.path;
    {
      await using files = await TemporaryFiles.in(parent, 3);
      await files.write(1000);
      const sizes: number[] = [];
      for (const name of files.names) sizes.push((await files.read(name, signal)).length);
      expect(sizes).toEqual([1000, 1000, 1000]);
    }
    expect(readdirSync(parent)).toEqual([]);
  }));

it("leaves nothing behind either when it is cancelled while it writes", () =>
  run(async () => {
    using folder = temporaryFolder();
    const parent = folder.path;
    const task = createTask(async () => {
      await using files = await TemporaryFiles.in(parent, 1000);
      const writing = files.write(10_000);
      task.cancel();
      await writing;
    });
    await expect(task).rejects.toSatisfy(isCancelled);
    await sleep(0);
    expect(readdirSync(parent)).toEqual([]);
  }));
