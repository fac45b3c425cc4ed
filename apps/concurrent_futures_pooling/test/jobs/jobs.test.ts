/** The two jobs, done for real with little to do. */
import { run } from "@async/task";
import { workerWatch } from "@async/test-kit";
import { expect, it } from "vitest";

import type { Job } from "../../src/job.ts";
import { countNumbers } from "../../src/jobs/count-numbers.ts";
import { uploadFiles } from "../../src/jobs/upload-files.ts";
import { Page } from "../../src/text/page.ts";
import { FakeTerminal } from "../terminal.ts";

const settings = { workers: 2, numbers: [3, 1, 3, 0], steps: 1000 };

/** Returns in which ways the job was done; each has to have given every result once. */
function waysOf({ results, runs }: Job): string[] {
  const places = results.map((_, index) => index);
  for (const { order } of runs) expect([...order].sort((a, b) => a - b)).toEqual(places);
  return runs.map(({ way }) => way);
}

it("counts in turn, on threads and on processes, and leaves no worker behind", { tags: ["slow"] }, () =>
  run(async () => {
    using watch = workerWatch();
    const job = await countNumbers(settings, new Page(new FakeTerminal()));
    expect(job.results).toEqual([3000, 1000, 3000, 0]);
    expect(waysOf(job)).toEqual(["in turn", "threads", "processes"]);
    expect(watch.started).toBeGreaterThanOrEqual(2);
    expect(watch.alive).toBe(0);
  }),
);

it("uploads in turn, on the loop, on threads and on processes", { tags: ["slow"] }, () =>
  run(async () => {
    using watch = workerWatch();
    const job = await uploadFiles(settings, new Page(new FakeTerminal()));
    expect(job.results).toEqual(Array.from({ length: 16 }, (_, index) => (index + 1) * 1000));
    expect(waysOf(job)).toEqual(["in turn", "loop", "threads", "processes"]);
    const [inTurn, loop] = job.runs;
    expect(inTurn.milliseconds).toBeGreaterThanOrEqual(16 * 29);
    expect(loop!.milliseconds).toBeLessThan(inTurn.milliseconds);
    expect(watch.alive).toBe(0);
  }),
);
