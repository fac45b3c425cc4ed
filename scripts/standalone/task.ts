/** `@async/task` on its own: tasks that run together, one of them cancelled by a timeout. */
import assert from "node:assert/strict";

import { TaskGroup, gather, run, sleep, timeout } from "@async/task";

const log: string[] = [];
const result = await run(async () => {
  const both = await gather([() => sleep(2, "slow"), () => sleep(1, "fast")]);
  await TaskGroup.run(async (group) => {
    void group.createTask(async () => log.push("child"));
  });
  await timeout(1, () => sleep(60_000)).catch((error: unknown) => log.push((error as Error).name));
  return both;
});
assert.deepEqual(result, ["slow", "fast"]);
assert.deepEqual(log, ["child", "TimeoutError"]);
