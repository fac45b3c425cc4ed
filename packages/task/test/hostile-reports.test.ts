/** Reports of failures that nobody looked at, where the failure throws when it is looked at. */
import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);

const values = {
  "an error whose inspection throws": `Object.assign(new Error(), { [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("inspection"); } })`,
  "an error whose stack throws": `Object.defineProperty(new Error(), "stack", { get() { throw new Error("stack"); } })`,
  "a revoked proxy": `(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()`,
  "a proxy whose traps throw": `new Proxy({}, new Proxy({}, { get() { return () => { throw new Error("trap"); }; } }))`,
};

/** A program with a failed task that nobody awaits. */
const failing = (thrown: string, rest: string) => `
  import { createTask, run, sleep } from "@async/task";
  import { getEventLoop } from "@async/loop";

  const loop = getEventLoop();
  loop.unawaitedFailureDelay = null;
  process.on("warning", ({ name }) => console.log(name));
  const thrown = ${thrown};
  const fail = (loop) => createTask(() => { throw thrown; }, { loop, name: "failing" });
  ${rest}
`;

describe.each(Object.entries(values))("%s that nobody looked at", { tags: ["slow"] }, (_, thrown) => {
  it("is warned of after unawaitedFailureDelay, and reported at exit", async () => {
    const { exitCode, stdout, stderr } = await runProgram(
      failing(
        thrown,
        `
          loop.unawaitedFailureDelay = 5;
          globalThis.held = fail(loop);
          await sleep(30);
          console.log("end");
        `,
      ),
      "--no-warnings",
    );
    expect([exitCode, stdout]).toEqual([0, "UnawaitedFailureWarning\nend\n"]);
    expect(stderr).toMatch(/^Task 'failing' exception was never retrieved\n/);
  });

  it("is reported when its run ends", async () => {
    const { exitCode, stdout, stderr } = await runProgram(
      failing(
        thrown,
        `console.log(await run(async ({ loop }) => { fail(loop); await sleep(0); return "result"; }));`,
      ),
    );
    expect([exitCode, stdout]).toEqual([0, "result\n"]);
    expect(stderr).toMatch(/^Task 'failing' exception was never retrieved\n/);
  });

  it("is reported when a callback throws it, and the loop goes on", async () => {
    const { exitCode, stdout, stderr } = await runProgram(
      failing(
        thrown,
        `loop.callSoon(function faulty() { throw thrown; }); await sleep(1); console.log("went on");`,
      ),
    );
    expect([exitCode, stdout]).toEqual([0, "went on\n"]);
    expect(stderr).toMatch(/^Exception in callback <Handle faulty\(\)>/);
  });
});

describe("a failure that nobody looked at", () => {
  it("gives no warning at all with a delay of Infinity", { tags: ["slow"] }, async () => {
    const { exitCode, stdout, stderr } = await runProgram(
      failing(
        `new Error("unseen")`,
        `
          loop.unawaitedFailureDelay = Infinity;
          loop.setExceptionHandler((_, { message }) => console.log(message));
          globalThis.held = fail(loop);
          await sleep(20);
          console.log("end");
        `,
      ),
    );
    expect([exitCode, stdout, stderr]).toEqual([
      0,
      "end\nTask 'failing' exception was never retrieved\n",
      "",
    ]);
  });
});
