import { availableParallelism } from "node:os";

import { UsageError } from "@async/futures";
import { workerWatch } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { POOLS, work } from "./pools.ts";

describe.each(POOLS)("the options of a pool of $kind", { tags: ["slow"] }, ({ kind, Pool }) => {
  it.each([
    ["maxWorkers", 0],
    ["maxWorkers", -1],
    ["maxWorkers", 1.5],
    ["maxWorkers", Number.NaN],
    ["maxPending", 0],
    ["maxPending", Number.NaN],
    ["maxTasksPerChild", 0],
    ["cancelGrace", -1],
    ["onWorkerDeath", "restart"],
  ])("POOL-02 %s: %s is refused with a UsageError that names it", (name, value) => {
    using watch = workerWatch();
    expect(() => new Pool({ [name]: value })).toThrow(UsageError);
    expect(() => new Pool({ [name]: value })).toThrow(name);
    expect(watch.started).toBe(0);
  });

  it.each([
    ["maxWorkers", "2"],
    ["initializer", 1],
    ["initializer", () => {}],
    ["onError", 1],
    ["threadNamePrefix", Symbol("miner")],
    ["threadNamePrefix", 7],
    ["threadNamePrefix", { name: "miner" }],
  ])("%s: %o is refused with a TypeError that names it", (name, value) => {
    expect(() => new Pool({ [name]: value })).toThrow(TypeError);
    expect(() => new Pool({ [name]: value })).toThrow(name);
  });

  it.each([null, 5, "2"])(
    "options that are no object but %s are refused with a TypeError that says so",
    (options) => {
      expect(() => new Pool(options as never)).toThrow(TypeError);
      expect(() => new Pool(options as never)).toThrow(/the options are an object, got/);
    },
  );

  it("a function whose name is no text is refused as any other that cannot be sent", () => {
    const odd = Object.defineProperty(() => {}, "name", { value: Symbol("odd") });
    expect(() => new Pool({ initializer: odd })).toThrow(/\(anonymous\) cannot be sent to a worker/);
  });

  const thrown = new Error("in onError");
  it.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw thrown;
      },
    ],
    ["rejects with", async () => Promise.reject(thrown)],
  ])("what onError %s becomes a process warning, and the pool lives on", async (_, onError) => {
    const warned = Promise.withResolvers<unknown[]>();
    const emitWarning = vi.spyOn(process, "emitWarning");
    emitWarning.mockImplementation((...args: unknown[]) => {
      warned.resolve(args);
    });
    try {
      await using pool = new Pool({ maxWorkers: 1, onError });
      await pool.submit(work.throwLater, "stray");
      expect(await warned.promise).toEqual([
        expect.stringMatching(/^onError of \w+PoolExecutor has thrown$/),
        { type: "PoolWarning", detail: expect.stringContaining("in onError") as string },
      ]);
      expect(await pool.submit(work.identity, 1)).toBe(1);
    } finally {
      emitWarning.mockRestore();
    }
  });

  it("POOL-02 the number of workers follows that of the processors", async () => {
    await using pool = new Pool();
    expect(pool.statistics().maxWorkers).toBe(availableParallelism());
  });

  it("POOL-32 workers are named by the prefix and a running number", async () => {
    await using pool = new Pool({ maxWorkers: 2, threadNamePrefix: "miner" });
    const names = new Set<string>();
    // Until both are up: one call keeps one of them busy.
    while (names.size < 2)
      for (const { name } of await Promise.all([pool.submit(work.whoAmI, 20), pool.submit(work.whoAmI, 20)]))
        names.add(name);
    expect([...names].sort()).toEqual(["miner_0", "miner_1"]);
  });

  it("POOL-32 without a prefix the names tell the pools apart", async () => {
    await using first = new Pool({ maxWorkers: 1 });
    await using second = new Pool({ maxWorkers: 1 });
    const names = [await first.submit(work.whoAmI), await second.submit(work.whoAmI)].map(({ name }) => name);
    expect(names[0]).toMatch(
      kind === "threads" ? /^ThreadPoolExecutor-\d+_0$/ : /^ProcessPoolExecutor-\d+_0$/,
    );
    expect(names[0]).not.toBe(names[1]);
  });

  it("env is the environment of the workers", async () => {
    await using pool = new Pool({ maxWorkers: 1, env: { ...process.env, COLOUR: "blue" } });
    expect(await pool.submit(work.readEnvironment, "COLOUR")).toBe("blue");
    expect(process.env["COLOUR"]).toBeUndefined();
  });

  it("execArgv are the Node options of the workers", async () => {
    await using pool = new Pool({ maxWorkers: 1, execArgv: ["--no-deprecation"] });
    expect(await pool.submit(work.readExecArgv)).toContain("--no-deprecation");
  });
});
