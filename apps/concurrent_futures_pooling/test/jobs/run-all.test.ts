import { expect, it } from "vitest";

import { runAll } from "../../src/jobs/run-all.ts";
import { Page } from "../../src/text/page.ts";
import { FakeTerminal } from "../terminal.ts";

const plan = { title: "Work", about: "Two things.", size: 2, workers: 2 };

it("does the work in all ways, and notes in which order the results came", async () => {
  const terminal = new FakeTerminal();
  const job = await runAll(plan, new Page(terminal), [
    {
      way: "in turn",
      work: async (progress) => {
        progress(0);
        progress(1);
        return [10, 20];
      },
    },
    {
      way: "threads",
      work: async (progress) => {
        progress(1);
        progress(0);
        return [10, 20];
      },
    },
  ]);
  expect(job.results).toEqual([10, 20]);
  expect(job.runs.map(({ way, order }) => [way, order])).toEqual([
    ["in turn", [0, 1]],
    ["threads", [1, 0]],
  ]);
  expect(terminal.text).toMatch(
    /^ {3}Two things\.\n\n {3}one after another +█+ {2}2 of 2 +\d+ ms\n {3}2 threads +█+ {2}2 of 2 +\d+ ms\n\n$/,
  );
});

it("does not go on when the results differ", async () => {
  const job = runAll(plan, new Page(new FakeTerminal()), [
    { way: "in turn", work: async () => [1, 2] },
    { way: "threads", work: async () => [1, 3] },
  ]);
  await expect(job).rejects.toThrow("all ways give the same results");
});
