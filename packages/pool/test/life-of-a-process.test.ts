import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { programRunner, until } from "@async/test-kit";
import { describe, expect, it } from "vitest";

const runProgram = programRunner(import.meta.dirname);

const ended = (stdout: string, exitCode = 0) => ({ exitCode, signal: null, stdout, stderr: "" });

/** The beginning of each program. */
const start = (Pool: string) => `
  import { ${Pool}, workerModule } from "@async/pool";
  const work = workerModule(new URL("./work.ts", import.meta.url));
  const makePool = (options) => new ${Pool}({ maxWorkers: 2, ...options });
`;

/** Whether there is a process of that id. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves to true once none of the processes is alive. */
async function allEnd(pids: readonly number[]): Promise<boolean> {
  await until(() => !pids.some(isAlive));
  return pids.length > 0;
}

/** Starts a program that prints the ids of its worker processes, in one line, when they work. */
async function startParent(code: string): Promise<{ parent: ChildProcess; pids: number[] }> {
  const parent = spawn(process.execPath, ["--input-type=module"], { cwd: import.meta.dirname });
  parent.stdin.end(start("ProcessPoolExecutor") + code);
  let printed = "";
  parent.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  await Promise.race([until(() => printed.includes("\n")), once(parent, "exit")]);
  return { parent, pids: printed.trim().split(" ").map(Number) };
}

describe.each(["ThreadPoolExecutor", "ProcessPoolExecutor"])(
  "a program with a %s",
  { tags: ["slow"] },
  (Pool) => {
    it("ends when its pool is idle, although nobody shut it down", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        console.log(await pool.submit(work.add, 1, 2));
      `),
      ).toEqual(ended("3\n"));
    });

    it("ends when its pool was never used", async () => {
      expect(await runProgram(`${start(Pool)} makePool(); console.log("made");`)).toEqual(ended("made\n"));
    });

    it("POOL-14 does not end while work is under way, awaited or not", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        pool.submit(work.nameAfter, 50).addDoneCallback(() => console.log("done"));
        pool.submit(work.identity, 1);
      `),
      ).toEqual(ended("done\n"));
    });

    it("does not end while an iteration is waited for", async () => {
      expect(
        await runProgram(`${start(Pool)}
        for await (const result of makePool().map(work.double, [1, 2, 3])) console.log(result);
      `),
      ).toEqual(ended("2\n4\n6\n"));
    });

    it("ends after a cancelled call that does not stop", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        const future = pool.submit(work.spinForEver);
        while (!future.running()) await new Promise((resolve) => setTimeout(resolve, 1));
        console.log(future.cancel());
      `),
      ).toEqual(ended("true\n"));
    });

    it("does not end before the calls behind a cancelled one, whose function is quick otherwise", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool({ maxWorkers: 1 });
        for (let call = 0; call < 50; call += 1) await pool.submit(work.spinIf, false);
        const endless = pool.submit(work.spinIf, true);
        const behind = [1, 2].map(() => pool.submit(work.spinIf, false));
        setTimeout(() => console.log(endless.cancel()), 50);
        const ends = await Promise.allSettled([endless, ...behind]);
        console.log(ends.map(({ value }) => value));
      `),
      ).toEqual(ended("true\n[ undefined, 1, 1 ]\n"));
    });

    it("POOL-11 ends after shutdown without wait, once the work is done", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        pool.submit(work.nameAfter, 20).addDoneCallback(() => console.log("done"));
        await pool.shutdown({ wait: false });
        console.log("shut down");
      `),
      ).toEqual(ended("shut down\ndone\n"));
    });

    it("POOL-23 ends after a call that cannot be sent, and shutdown without wait", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        const future = pool.submit(work.identity, () => {});
        await pool.shutdown({ wait: false });
        await future.catch((error) => console.log(error.name));
      `),
      ).toEqual(ended("DataCloneError\n"));
    });

    it("POOL-23 ends after a call that cannot be sent to a worker that has nothing to do", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        await pool.submit(work.identity, 1);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await pool.submit(work.identity, () => {}).catch((error) => console.log(error.name));
        await pool.map(work.identity, [() => {}]).next().catch((error) => console.log(error.name));
      `),
      ).toEqual(ended("DataCloneError\nDataCloneError\n"));
    });

    it("ends when its only call was cancelled before a worker was ready for it", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool({ maxWorkers: 1, initializer: work.spinForEver });
        const call = pool.submit(work.identity, 1);
        const values = pool.map(work.identity, [1, 2]);
        await new Promise(setImmediate);
        call.cancel();
        await values.return();
        console.log(call.cancelled());
      `),
      ).toEqual(ended("true\n"));
    });

    it("POOL-14 cannot submit from an exit hook", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        process.on("exit", () => {
          try {
            pool.submit(work.identity, 1);
          } catch (error) {
            console.log(error.name);
          }
        });
        console.log(await pool.submit(work.identity, 1));
      `),
      ).toEqual(ended("1\nUsageError\n"));
    });

    it("ends at once by process.exit, whatever its workers do", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pool = makePool();
        const future = pool.submit(work.spinForEver);
        while (!future.running()) await new Promise((resolve) => setTimeout(resolve, 1));
        console.log("exit");
        process.exit(3);
      `),
      ).toEqual(ended("exit\n", 3));
    });

    it("ends with the error that main throws, while work is queued", async () => {
      const { exitCode, stderr } = await runProgram(`${start(Pool)}
      const pool = makePool({ maxWorkers: 1 });
      for (let call = 0; call < 10; call += 1) pool.submit(work.spin, 1_000);
      throw new Error("in main");
    `);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("in main");
    });

    it("says which failed call nobody looked at", async () => {
      const { stderr, exitCode } = await runProgram(`${start(Pool)}
      makePool().submit(work.fail, "unseen");
    `);
      expect(exitCode).toBe(0);
      expect(stderr).toContain("never retrieved");
      expect(stderr).toContain("unseen");
    });

    it("is not disturbed by listeners: ten pools give no warning", async () => {
      expect(
        await runProgram(`${start(Pool)}
        const pools = Array.from({ length: 12 }, () => makePool({ maxWorkers: 1 }));
        await Promise.all(pools.map((pool) => pool.submit(work.identity, 1)));
        console.log("done");
      `),
      ).toEqual(ended("done\n"));
    });
  },
);

describe("Ctrl+C, which a terminal sends to all processes of a program", { tags: ["slow"] }, () => {
  it("leaves it to the program what becomes of the work of its worker processes", async () => {
    const program = spawn(process.execPath, ["--input-type=module"], {
      cwd: import.meta.dirname,
      detached: true,
    });
    program.stdin.end(`${start("ProcessPoolExecutor")}
      process.on("SIGINT", () => console.log("finishing the work first"));
      const pool = makePool({ maxWorkers: 1 });
      const first = pool.submit(work.spin, 200);
      while (!first.running()) await new Promise((resolve) => setTimeout(resolve, 1));
      console.log("at work");
      console.log(await first, await pool.submit(work.add, 1, 2));
    `);
    let printed = "";
    program.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    await until(() => printed.includes("at work\n"));
    process.kill(-program.pid!, "SIGINT");
    const [exitCode] = (await once(program, "close")) as [number];
    expect([exitCode, printed]).toEqual([0, "at work\nfinishing the work first\n200 3\n"]);
  });
});

describe("worker processes end with their parent", { tags: ["slow"] }, () => {
  it.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
    "when it is ended by %s, idle or in an endless loop",
    async (signal) => {
      const { parent, pids } = await startParent(`
      const pool = makePool();
      const [idle, busy] = await Promise.all([pool.submit(work.whoAmI), pool.submit(work.nameAfter, 20)]);
      pool.submit(work.spinForEver);
      const [, second] = [idle.pid, Number(busy.split("/")[0])];
      setTimeout(() => console.log(idle.pid, second), 50);
    `);
      expect(pids.every((pid) => pid > 1 && isAlive(pid))).toBe(true);
      parent.kill(signal);
      expect(await allEnd(pids)).toBe(true);
    },
  );

  it("when it exits while they work", async () => {
    const { pids } = await startParent(`
      const pool = makePool({ maxWorkers: 1 });
      const { pid } = await pool.submit(work.whoAmI);
      const future = pool.submit(work.spinForEver);
      while (!future.running()) await new Promise((resolve) => setTimeout(resolve, 1));
      process.stdout.write(pid + "\\n", () => process.exit(0));
    `);
    expect(await allEnd(pids)).toBe(true);
  });

  it("when it throws what nobody catches", async () => {
    const { pids } = await startParent(`
      const pool = makePool({ maxWorkers: 1 });
      const { pid } = await pool.submit(work.whoAmI);
      pool.submit(work.spinForEver);
      process.stdout.write(pid + "\\n", () => { throw new Error("in main"); });
    `);
    expect(await allEnd(pids)).toBe(true);
  });
});
