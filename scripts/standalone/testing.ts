/** `@async/testing` on its own: a test on virtual time, an order that fails, and a cancellation that does. */
import assert from "node:assert/strict";

import {
  FailingCancellationError,
  FailingScheduleError,
  cancelEverywhere,
  explore,
  runVirtual,
  untilBlocked,
} from "@async/testing";
import { createTask, sleep } from "@async/task";

assert.equal(await runVirtual(() => sleep(3_600_000, "an hour later")), "an hour later");

const inOrder = async () => {
  const log: string[] = [];
  for (const name of ["a", "b"]) void createTask(() => log.push(name), { name });
  await untilBlocked();
  assert.deepEqual(log, ["a", "b"]);
};
await assert.rejects(explore(inOrder), FailingScheduleError);
await assert.rejects(
  cancelEverywhere(() => sleep(1).catch(() => "swallowed")),
  FailingCancellationError,
);
