import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);

describe("without run", { tags: ["slow"] }, () => {
  it("the default loop is there: await, sleep, gather and timeout at the top of a script, which ends by itself", async () => {
    const ended = await runProgram(`
      import { createTask, gather, sleep, timeout } from "@async/task";

      console.log(await createTask(async () => "task"));
      console.log(await sleep(1, "sleep"));
      console.log(await gather([() => sleep(1, "gather"), async () => 2]));
      console.log(await timeout(1000, () => sleep(1, "timeout")));
      await timeout(1, () => sleep(60_000)).catch((error) => console.log(error.name));
    `);
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: "task\nsleep\n[ 'gather', 2 ]\ntimeout\nTimeoutError\n",
      stderr: "",
    });
  });

  it("a program whose tasks wait for ever ends when the host has nothing left to do", async () => {
    const { exitCode, stderr } = await runProgram(`
      import { createTask } from "@async/task";
      import { Future } from "@async/futures";

      createTask(async () => await new Future());
    `);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });
});
