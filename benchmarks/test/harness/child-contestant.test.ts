import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { temporaryFolder } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { nodeRival } from "../../src/harness/node-rival.ts";
import { ownNode } from "../../src/harness/node-version.ts";

/** Runs a work, given as the text of its function, in a process of its own. */
async function runInChild(work: string) {
  using folder = temporaryFolder();
  const file = path.join(folder.path, "works.mjs");
  writeFileSync(file, `export const works = { work: ${work} };`);
  const contestant = await nodeRival("child", pathToFileURL(file)).start(ownNode);
  try {
    return await contestant.run("work", { things: 3 });
  } finally {
    await contestant.stop();
  }
}

describe("a rival in a process of its own", { tags: ["slow"] }, () => {
  it("is measured from the call of its work to the end", async () => {
    const { done, value, recorded } = await runInChild(`async ({ things }) => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      return things;
    }`);
    expect({ done, recorded }).toEqual({ done: 3, recorded: false });
    expect(value).toBeGreaterThanOrEqual(20e6);
  });

  it("sets the clock: what comes before `start` and after `stop` does not count", async () => {
    const { value } = await runInChild(`async ({ things }, meter) => {
      const wait = () => new Promise((resolve) => setTimeout(resolve, 200));
      await wait();
      meter.start();
      meter.stop();
      await wait();
      return things;
    }`);
    expect(value).toBeLessThan(200e6);
  });

  it("sets the value itself", async () => {
    const run = await runInChild(`async ({ things }, meter) => (meter.record(7), things)`);
    expect(run).toEqual({ done: 3, value: 7, recorded: true });
  });

  it("that fails says what happened", async () => {
    await expect(runInChild(`async () => { throw new Error("no work today"); }`)).rejects.toThrow(
      "no work today",
    );
  });

  it("that dies says how", async () => {
    await expect(runInChild(`async () => process.exit(7)`)).rejects.toThrow("exit code 7");
  });
});
