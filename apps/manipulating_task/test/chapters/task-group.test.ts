import { expect, it } from "vitest";

import { taskGroup } from "../../src/chapters/task-group.ts";
import { outcomes, story } from "../show.ts";

it("cancels the other tasks when one fails, and waits for their clean-up", async () => {
  expect(await outcomes(taskGroup)).toEqual([
    "part 1 finished (0 to 100)",
    "part 2 failed (0 to 200)",
    "part 3 cancelled (0 to 320, asked to cancel at 200)",
    "part 4 failed (0 to 260, asked to cancel at 200)",
  ]);
});

it("prints all that went wrong, in the order in which it happened", async () => {
  expect((await story(taskGroup)).slice(-3)).toEqual([
    "  320 ms             main       ExceptionGroup: unhandled errors in a TaskGroup (2 errors)",
    "  320 ms             main       - RangeError: part 2 is damaged",
    "  320 ms             main       - Error: part 4 cannot be removed",
  ]);
});
