/** What user code can do to a worker process, and not to a thread. */
import { readdirSync } from "node:fs";
import { pid, platform } from "node:process";

import { errorOf, until, within, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { BrokenProcessPool, ProcessPoolExecutor, workerModule } from "../src/index.ts";
import type * as functions from "./hostile-work.ts";
import { work } from "./pools.ts";

const there = workerModule<typeof functions>(new URL("./hostile-work.ts", import.meta.url));
const LIMIT = 3000;

describe("a worker process", { tags: ["slow"] }, () => {
  it("that sends messages of its own, which look like ours, disturbs nobody", async () => {
    const reports: unknown[] = [];
    await using pool = new ProcessPoolExecutor({ maxWorkers: 1, onError: (error) => reports.push(error) });
    const errors = [
      {},
      [],
      undefined,
      1,
      { thrown: 1, errors: [] },
      { thrown: {}, errors: 1 },
      { thrown: {}, errors: [null] },
    ];
    const messages = errors.flatMap((error) => [
      [21, error],
      [26, 0, error],
      [27, 0, [], error, [0, 1]],
      [29, error],
    ]);
    const paces = [undefined, 1, {}, ["a"]].flatMap((pace) => [
      [24, 0, pace],
      [25, 0, [], 0, pace, true],
      [27, 0, [], null, pace],
    ]);
    expect(await within(LIMIT, pool.submit(there.sendForeign, [...messages, ...paces]))).toBe("sent");
    expect(await within(LIMIT, pool.submit(work.identity, 1))).toBe(1);
    expect(reports).toEqual([]);
  });

  it.runIf(platform === "linux")(
    "whose files are closed does its calls, and their ends are told",
    async () => {
      await using pool = new ProcessPoolExecutor({ maxWorkers: 1 });
      for (let call = 0; call < 50; call += 1) await pool.submit(work.exitIf, false); // A quick function.
      expect(await pool.submit(there.closeRecorder)).toBe(true);
      const calls = Array.from({ length: 100 }, () => pool.submit(work.exitIf, false));
      expect(await within(LIMIT, Promise.all(calls))).toEqual(calls.map(() => 1));
      const deadly = pool.submit(work.exitIf, true);
      const behind = [1, 2, 3].map(() => pool.submit(work.exitIf, false));
      expect(await within(LIMIT, errorOf(deadly))).toBeInstanceOf(BrokenProcessPool);
      expect(await within(LIMIT, Promise.all(behind))).toEqual([1, 1, 1]);
    },
  );

  it.runIf(platform === "linux")("that cannot be started leaves no file behind", async () => {
    const before = readdirSync("/proc/self/fd").length;
    await errorOf(async () => {
      await using pool = new ProcessPoolExecutor({ maxWorkers: 1, env: { KEY: "a\0b" } });
      await pool.submit(work.identity, 1);
    });
    expect(readdirSync("/dev/shm").filter((name) => name.startsWith(`async-pool-${pid}-`))).toEqual([]);
    expect(readdirSync("/proc/self/fd")).toHaveLength(before);
  });

  it("that hears nothing more ends after its call, and another one takes its place", async () => {
    using watch = workerWatch();
    await using pool = new ProcessPoolExecutor({ maxWorkers: 1 });
    expect(await pool.submit(there.removeAllListeners)).toBe("removed");
    expect(await within(LIMIT, pool.submit(work.identity, 1))).toBe(1);
    await until(() => watch.alive === 1);
    expect(watch.started).toBe(2);
  });
});
