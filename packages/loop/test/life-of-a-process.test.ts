import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);

const ended = (stdout: string, exitCode = 0) => ({ exitCode, signal: null, stdout, stderr: "" });

describe("a process", { tags: ["slow"] }, () => {
  it("is not kept alive by an idle loop", async () => {
    expect(
      await runProgram(`
        import { getEventLoop } from "@async/loop";
        getEventLoop().callSoon(() => console.log("called"));
        getEventLoop().callLater(Infinity, () => console.log("never"));
      `),
    ).toEqual(ended("called\n"));
  });

  it("is kept alive by a pending timer", async () => {
    expect(
      await runProgram(`
        import { getEventLoop } from "@async/loop";
        getEventLoop().callLater(10, () => console.log("called"));
      `),
    ).toEqual(ended("called\n"));
  });

  it("is not kept alive by a cancelled timer, whoever cancelled it", async () => {
    expect(
      await runProgram(`
        import { getEventLoop } from "@async/loop";
        const loop = getEventLoop();
        const byLoop = loop.callLater(3_600_000, () => {});
        const byHost = loop.callLater(3_600_000, () => {});
        loop.callLater(1, () => byLoop.cancel());
        setTimeout(() => {
          byHost.cancel();
          console.log("cancelled");
        }, 20);
      `),
    ).toEqual(ended("cancelled\n"));
  });

  it("is not kept alive by a signal handler, nor by a loop that was stopped with timers left", async () => {
    expect(
      await runProgram(`
        import { EventLoop } from "@async/loop";
        const loop = new EventLoop();
        loop.addSignalHandler("SIGTERM", () => {});
        loop.callLater(3_600_000, () => {});
        loop.callLater(1, () => loop.stop());
        await loop.runForever();
        console.log("stopped");
      `),
    ).toEqual(ended("stopped\n"));
  });

  it("lives on when a callback throws: the error is printed, and the exit code stays 0", async () => {
    const { exitCode, stdout, stderr } = await runProgram(`
      import { getEventLoop } from "@async/loop";
      getEventLoop().callSoon(function faulty() { throw new Error("boom"); });
      getEventLoop().callSoon(async function faultyToo() { await null; throw new Error("later"); });
      getEventLoop().callSoon(() => console.log("next"));
    `);
    expect([exitCode, stdout]).toEqual([0, "next\n"]);
    expect(stderr).toMatch(
      /Exception in callback <Handle faulty\(\)>[^]*Error: boom[^]*<Handle faultyToo\(\)>[^]*Error: later/,
    );
  });

  it("LOOP-31 prints a failure that nobody looked at when its future is collected, not only at exit", async () => {
    const { stdout, stderr } = await runProgram(
      `
        import { getEventLoop } from "@async/loop";
        const loop = getEventLoop();
        const log = (name) => (_, { exception }) => console.log(name, exception.message);
        loop.setExceptionHandler(log("collected:"));
        const fail = (message) => loop.createFuture().setException(new Error(message));
        fail("at the top");
        loop.callSoon(() => fail("in a callback"));
        for (let round = 0; round < 10; round += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          gc();
        }
        loop.setExceptionHandler(log("at exit:"));
      `,
      "--expose-gc",
    );
    expect(stdout.split("\n").sort()).toEqual(["", "collected: at the top", "collected: in a callback"]);
    expect(stderr).toBe("");
  });
});
