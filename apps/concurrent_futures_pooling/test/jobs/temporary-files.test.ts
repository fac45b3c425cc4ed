import { readdirSync, statSync } from "node:fs";
import path from "node:path";

import { temporaryFolder } from "@async/test-kit";
import { expect, it } from "vitest";

import { TemporaryFiles } from "../../src/jobs/temporary-files.ts";

it("has files of growing size, and leaves nothing behind", async () => {
  using folder = temporaryFolder();
  {
    await using files = await TemporaryFiles.write(folder.path, 3, 100);
    expect(files.paths.map((file) => statSync(file).size)).toEqual([100, 200, 300]);
  }
  expect(readdirSync(folder.path)).toEqual([]);
});

it("says where it cannot write", async () => {
  using folder = temporaryFolder();
  await expect(TemporaryFiles.write(path.join(folder.path, "missing"), 3, 100)).rejects.toThrow("ENOENT");
});
