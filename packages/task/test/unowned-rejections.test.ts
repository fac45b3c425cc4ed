/** Rejections that nobody awaits, and whether the process ends by them. */
import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);

const afterACancel = (rest: string) => `
  import { createTask, run, sleep } from "@async/task";
  const task = createTask(async () => {
    const a = sleep(100), b = sleep(200);
    await a;
    await b;
  });
  await sleep(1);
  task.cancel();
  await task.catch((error) => console.log(error.name));
  ${rest}
  await sleep(10);
  console.log("went on");
`;

describe("a process", { tags: ["slow"] }, () => {
  it("goes on when a cancel reaches an await that nobody awaits", async () => {
    const ended = await runProgram(afterACancel(""));
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "CancelledError\nwent on\n", stderr: "" });
  });

  it("ends after a cancel, as ever, by another rejection that nobody awaits", async () => {
    const { exitCode, stdout, stderr } = await runProgram(
      afterACancel(`Promise.reject(new RangeError("boom"));`),
    );
    expect([exitCode, stdout, stderr.includes("RangeError: boom")]).toEqual([1, "CancelledError\n", true]);
  });

  it.each([
    ["--unhandled-rejections=warn", ["--unhandled-rejections=warn"]],
    ["--unhandled-rejections warn", ["--unhandled-rejections", "warn"]],
  ])("does not end by it with %s, in a run as outside of it", async (_, options) => {
    const rejection = `Promise.reject(new RangeError("boom"));`;
    const { exitCode, stdout, stderr } = await runProgram(
      afterACancel(`${rejection} await run(async () => { ${rejection} await sleep(10); });`),
      ...options,
    );
    expect([exitCode, stdout]).toEqual([0, "CancelledError\nwent on\n"]);
    expect(stderr).toContain("RangeError: boom");
  });

  it("does not end by background code that outlives its run", async () => {
    const ended = await runProgram(`
      import { run, sleep } from "@async/task";
      const result = await run(async () => {
        void (async () => { for (;;) await sleep(0); })();
        await sleep(5);
        return 1;
      });
      console.log(result);
    `);
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "1\n", stderr: "" });
  });
});
