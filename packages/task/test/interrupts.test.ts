/** Signals, shown on programs of their own. A program prints "kill SIGINT" to have that sent to it. */
import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { InterruptError } from "../src/index.ts";

const runProgram = programRunner(import.meta.dirname);

/** A main that asks for a signal and then waits long enough for it to come. */
const interrupted = (signal: string, { body = "", rest = "" } = {}) => `
  import { InterruptError, createTask, run, sleep, timeout } from "@async/task";
  import { Future, isCancelled } from "@async/futures";

  const signal = ${JSON.stringify(signal)};
  const comesAfter = () => {
    console.log("kill " + signal);
    return sleep(20_000);
  };
  ${body === "" ? "const main = comesAfter;" : body}
  ${rest === "" ? "await run(main);" : rest}
`;

/** A main that waits for the signal and does the rest when that has come. */
const mainThat = (rest: string) => `
  const main = async (task) => {
    try {
      await comesAfter();
    } ${rest}
  };
`;

/** A main that leaves a task behind, which cleans up as told. */
const mainThatLeaves = (cleanUp: string) => `
  const main = async () => {
    createTask(async () => {
      try {
        await sleep(20_000);
      } finally {
        ${cleanUp}
      }
    });
    await comesAfter();
  };
`;

describe.concurrent("the first signal", { tags: ["slow"] }, () => {
  it.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "RUN-07 %s cancels main, whose clean-up may await, and ends the program with %i and no stack",
    async ([signal, code], { expect }) => {
      const ended = await runProgram(
        interrupted(signal, {
          body: mainThat(`finally {
            console.log("clean-up", task.cancelling());
            await sleep(5);
            console.log("cleaned up");
          }`),
        }),
      );
      expect(ended).toEqual({ exitCode: code, signal: null, stdout: "clean-up 1\ncleaned up\n", stderr: "" });
    },
  );

  it("cancels what main left behind too, and waits for it", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        body: mainThatLeaves(`
          await sleep(5);
          console.log("left-over task cleaned up");
        `),
      }),
    );
    expect([ended.exitCode, ended.stdout, ended.stderr]).toEqual([130, "left-over task cleaned up\n", ""]);
  });

  it("cancels each of several mains that run side by side", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        body: `
          const cleansUp = (name, body) => async () => {
            try {
              await body();
            } finally {
              await sleep(name === "first" ? 1 : 50);
              console.log(name + " cleaned up");
            }
          };
        `,
        rest: `
          const mains = [cleansUp("first", () => sleep(20_000)), cleansUp("second", comesAfter)];
          const outcomes = await Promise.allSettled(mains.map((main) => run(main)));
          console.log(outcomes.every(({ reason }) => reason instanceof InterruptError));
        `,
      }),
    );
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: "first cleaned up\nsecond cleaned up\ntrue\n",
      stderr: "",
    });
  });

  it("is answered by a main that catches the cancellation and returns: exit code 0", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        body: mainThat(`catch (error) {
          console.log("caught", isCancelled(error));
          return "result";
        }`),
        rest: `console.log(await run(main));`,
      }),
    );
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "caught true\nresult\n", stderr: "" });
  });

  it("gives an InterruptError that the program may catch, and go on", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGTERM", {
        rest: `
          try {
            await run(main);
          } catch (error) {
            console.log(error instanceof InterruptError, error.signal, error.exitCode, error.message);
          }
          console.log(await run(() => sleep(5, "went on")));
        `,
      }),
    );
    expect(ended).toEqual({
      exitCode: 0,
      signal: null,
      stdout: "true SIGTERM 143 interrupted by SIGTERM\nwent on\n",
      stderr: "",
    });
  });

  it("ends a program that runs main without awaiting it", async ({ expect }) => {
    const ended = await runProgram(interrupted("SIGINT", { rest: "void run(main);" }));
    expect(ended).toEqual({ exitCode: 130, signal: null, stdout: "", stderr: "" });
  });

  it("does not hide another error that comes right after it", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        rest: `
          await run(main).catch(() => {});
          throw new RangeError("the program's own");
        `,
      }),
    );
    expect([ended.exitCode, ended.stderr.includes("RangeError: the program's own")]).toEqual([1, true]);
  });

  it("does not keep the program's own handler of uncaught errors from its work", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        rest: `
          process.on("uncaughtException", (error) => console.log("own handler: " + error.message));
          await run(main).catch(() => {});
          setImmediate(() => { throw new RangeError("the program's own"); });
        `,
      }),
    );
    expect([ended.exitCode, ended.stdout]).toEqual([0, "own handler: the program's own\n"]);
  });

  it("reports a failing clean-up of main in place of the interrupt", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        body: mainThat(`catch {
          throw new RangeError("clean-up failed");
        }`),
      }),
    );
    expect([ended.exitCode, ended.stderr.includes("RangeError: clean-up failed")]).toEqual([1, true]);
  });
});

describe.concurrent("the second signal", { tags: ["slow"] }, () => {
  it.for([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends the program at once, with %i", async ([signal, code], { expect }) => {
    const ended = await runProgram(
      interrupted(signal, {
        body: mainThat(`finally {
          await comesAfter();
          console.log("not reached");
        }`),
      }),
    );
    expect(ended).toEqual({ exitCode: code, signal: null, stdout: "", stderr: "" });
  });

  it("ends the program while the tasks that main left clean up", async ({ expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        body: mainThatLeaves(`
          await comesAfter();
          console.log("not reached");
        `),
      }),
    );
    expect([ended.exitCode, ended.stdout, ended.stderr]).toEqual([130, "", ""]);
  });
});

describe.concurrent("the program's own handlers", { tags: ["slow"] }, () => {
  it.for([
    ["process.on, before run", `process.on(signal, hear);`, ""],
    ["process.on, in main", "", `process.on(signal, hear);`],
    ["loop.addSignalHandler", "", `loop.addSignalHandler(signal, hear);`],
  ] as const)("%s has precedence", async ([, before, inMain], { expect }) => {
    const ended = await runProgram(
      interrupted("SIGINT", {
        body: `
          const heard = new Future();
          const hear = () => heard.setResult("own handler");
          ${before}
          const main = async ({ loop }) => {
            ${inMain}
            console.log("kill " + signal);
            return timeout(20_000, () => heard);
          };
        `,
        rest: "console.log(await run(main)); process.exit();",
      }),
    );
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "own handler\n", stderr: "" });
  });

  it("loop.addSignalHandler keeps a program alive that waits for nothing but the signal", async ({
    expect,
  }) => {
    const ended = await runProgram(
      interrupted("SIGTERM", {
        body: `const main = async ({ loop }) => {
          const heard = new Future();
          loop.addSignalHandler(signal, () => heard.setResult("heard"));
          setTimeout(() => console.log("kill " + signal), 20).unref();
          return heard;
        };`,
        rest: "console.log(await run(main));",
      }),
    );
    expect(ended).toEqual({ exitCode: 0, signal: null, stdout: "heard\n", stderr: "" });
  });
});

describe("InterruptError", () => {
  it("has the signal, a code, and the exit code that a shell shows", () => {
    const errors = [new InterruptError(), new InterruptError("SIGTERM")];
    expect(errors.map(({ name, signal, code, exitCode }) => [name, signal, code, exitCode])).toEqual([
      ["InterruptError", "SIGINT", "ERR_INTERRUPTED", 130],
      ["InterruptError", "SIGTERM", "ERR_INTERRUPTED", 143],
    ]);
  });
});
