import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { isCancelled } from "@async/futures";
import { createTask, run, sleep } from "@async/task";
import { afterEach, beforeEach, expect, it } from "vitest";

import { TemporaryFiles } from "../../src/io/temporary-files.ts";

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), "test-"));
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

it("has files of the size asked for, and leaves nothing behind", () =>
  run(async ({ signal }) => {
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
