import { sleep } from "@async/task";
import { expect, it } from "vitest";

import { stopwatch } from "../src/stopwatch.ts";

it("measures how long work takes, and for how long it holds the loop up", { tags: ["slow"] }, async () => {
  const start = performance.now();
  const { milliseconds, heldUp } = await stopwatch(async () => {
    await sleep(20);
    const end = performance.now() + 100;
    while (performance.now() < end);
  });
  expect(milliseconds).toBeGreaterThanOrEqual(119);
  expect(heldUp).toBeGreaterThan(80);
  expect(heldUp).toBeLessThan(performance.now() - start);
});
