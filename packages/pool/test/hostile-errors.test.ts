import { isCancelled } from "@async/futures";
import { errorOf, gateKeeper, until, within, workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { BrokenThreadPool, RemoteTraceback, ThreadPoolExecutor, workerModule } from "../src/index.ts";
import * as here from "./hostile-work.ts";
import { POOLS, hold, sharedPool, work } from "./pools.ts";

const there = workerModule<typeof here>(new URL("./hostile-work.ts", import.meta.url));
const NAMES = Object.keys(here.HOSTILE);
/** Milliseconds: what settles does so at once. */
const LIMIT = 3000;
const UNREADABLE = expect.stringContaining("could not be read") as unknown;
/** Megabytes of stack: with these a worker writes what we cannot read, or cannot read what we write. */
const LARGE = { stackSizeMb: 4 };
const SMALL = { stackSizeMb: 0.3 };
/** Objects in objects: few enough for a large stack, too many for ours; and few enough for ours, too many for a small one. */
const TOO_DEEP = 5000;
const TOO_DEEP_FOR_SMALL = 1200;

describe.each(POOLS)(
  "what is thrown in $kind is told, whatever it is:",
  { tags: ["slow"] },
  ({ Pool, Broken }) => {
    const shared = sharedPool(Pool, { maxWorkers: 1 });

    it.each(NAMES)("%s, by a call and in a map; the worker lives on", async (name) => {
      const { pool } = shared;
      const mark = await pool.submit(there.readMark);
      const error = await within(LIMIT, errorOf(pool.submit(there.throwHostile, name)));
      expect([error instanceof Error, error.message]).toEqual([true, "told"]);
      const values: unknown[] = [];
      const ending = errorOf(async () => {
        for await (const value of pool.map(there.throwHostileAt, [1, 2, name], { chunkSize: 3 }))
          values.push(value);
      });
      expect([(await within(LIMIT, ending)).message, values]).toEqual(["told", [1, 2]]);
      expect(await within(LIMIT, pool.submit(there.readMark))).toBe(mark);
    });

    it.each(NAMES)("%s, by the initializer: it breaks the pool", async (name) => {
      const pool = new Pool({ maxWorkers: 1, initializer: there.throwHostile, initargs: [name] });
      const error = await within(LIMIT, errorOf(pool.submit(work.identity, 1)));
      expect(error).toBeInstanceOf(Broken);
      expect(error.cause).toMatchObject({ message: "told" });
      await within(LIMIT, pool.shutdown());
    });

    it.each(NAMES)("%s, as the reason of a cancel: the call loses its worker", async (name) => {
      using watch = workerWatch();
      await using pool = new Pool({ maxWorkers: 1, cancelGrace: 0 });
      const future = pool.submit(work.spinForEver);
      await until(() => future.running());
      expect(future.cancel(here.HOSTILE[name]!())).toBe(true);
      expect(isCancelled(await errorOf(future))).toBe(true);
      expect(await within(LIMIT, pool.submit(work.identity, 1))).toBe(1);
      expect(watch.started).toBe(2);
    });
  },
);

describe.each(POOLS)(
  "an error of a registered class with private fields, from $kind",
  { tags: ["slow"] },
  ({ Pool }) => {
    const shared = sharedPool(Pool, { maxWorkers: 1 });

    it.each([
      ["code", here.ApiError, { message: "the API says E_API", code: "E_API" }],
      ["name", here.NamedError, { message: "named", name: "Named" }],
      ["cause", here.CauseError, { message: "caused", cause: new RangeError("the cause") }],
    ] as const)(
      "keeps its class, and a %s that only its constructor can make",
      async (what, ErrorClass, shape) => {
        const error = await errorOf(shared.pool.submit(there.throwPrivate, what));
        expect(error).toBeInstanceOf(ErrorClass);
        expect(error).toMatchObject(shape);
        let last = error;
        while (last.cause instanceof Error) last = last.cause;
        expect(last).toBeInstanceOf(RemoteTraceback);
      },
    );
  },
);

describe.each(POOLS)(
  "what is nested too deep for the main program, from $kind,",
  { tags: ["slow"] },
  ({ Pool, Broken }) => {
    it("as a field of an error: the rest of the error arrives", async () => {
      await using pool = new Pool({ maxWorkers: 1, resourceLimits: LARGE });
      const error = await within(LIMIT, errorOf(pool.submit(there.throwWithDeepField, TOO_DEEP)));
      expect(error).toMatchObject({
        message: "told",
        data: { message: UNREADABLE },
      });
      expect(await pool.submit(there.takeNested, [])).toBe("read object");
    });

    it("as what is thrown: an Error says so", async () => {
      await using pool = new Pool({ maxWorkers: 1, resourceLimits: LARGE });
      const error = await within(LIMIT, errorOf(pool.submit(there.throwDeep, TOO_DEEP)));
      expect(error).toBeInstanceOf(Error);
      expect(error.message).toMatch(/^What was thrown could not be read/);
    });

    it("as what the initializer throws: it breaks the pool", async () => {
      const pool = new Pool({
        maxWorkers: 1,
        initializer: there.throwDeep,
        initargs: [TOO_DEEP],
        resourceLimits: LARGE,
      });
      expect(await within(LIMIT, errorOf(pool.submit(work.identity, 1)))).toBeInstanceOf(Broken);
      await within(LIMIT, pool.shutdown());
    });

    it("as what a timer throws: it is reported, and no call is blamed", async () => {
      await using keeper = await gateKeeper();
      const gate = keeper.gate();
      const reports = Promise.withResolvers<unknown>();
      await using pool = new Pool({ maxWorkers: 1, resourceLimits: LARGE, onError: reports.resolve });
      await pool.submit(there.throwDeepLater, TOO_DEEP);
      const innocent = pool.submit(hold, gate.ticket);
      expect(await within(LIMIT, reports.promise)).toMatchObject({
        message: UNREADABLE,
      });
      gate.open();
      expect(await within(LIMIT, innocent)).toBe(gate.ticket);
    });

    it("as a report of progress: that is reported, and the call goes on", async () => {
      const reports: unknown[] = [];
      await using pool = new Pool({
        maxWorkers: 1,
        resourceLimits: LARGE,
        onError: (error) => reports.push(error),
      });
      const heard: unknown[] = [];
      const future = pool
        .with({ onProgress: (value) => heard.push(value) })
        .submit(there.reportDeep, TOO_DEEP);
      expect(await within(LIMIT, future)).toBe("fine");
      expect([reports, heard]).toEqual([[expect.objectContaining({ name: "DataCloneError" })], []]);
    });
  },
);

describe("what is nested too deep for the main program,", { tags: ["slow"] }, () => {
  it("as the last result of a thread that ends, fails its call", async () => {
    await using pool = new ThreadPoolExecutor({ maxWorkers: 1, resourceLimits: LARGE });
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const block = (message: unknown): void => {
      if (message !== "first") return;
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
      Atomics.wait(flag, 0, 1, LIMIT);
      Atomics.wait(flag, 0, 2, 50); // The thread has to be taken down; of that we hear by the event that is tested.
    };
    const future = pool.with({ onProgress: block }).submit(there.returnDeepAndExit, TOO_DEEP, flag);
    expect(["DataCloneError", BrokenThreadPool.name]).toContain((await within(LIMIT, errorOf(future))).name);
    expect(await within(LIMIT, pool.submit(work.identity, 2))).toBe(2);
  });
});

describe.each(POOLS)(
  "what is nested too deep for a worker in $kind,",
  { tags: ["slow"] },
  ({ Pool, Broken }) => {
    it("as the reason of a cancel: cancel does not throw, and no other call is blamed", async () => {
      await using keeper = await gateKeeper();
      await using pool = new Pool({ maxWorkers: 1, cancelGrace: 60_000, resourceLimits: SMALL });
      for (const depth of [200, TOO_DEEP_FOR_SMALL, 2400, 3000, 3500, 10_000])
        for (const make of [here.makeNested, here.makeDeep]) {
          const gate = keeper.gate();
          const running = pool.submit(hold, gate.ticket);
          await gate.reached();
          expect(running.cancel(make(depth))).toBe(true);
          const next = pool.submit(work.identity, depth);
          gate.open();
          expect(await within(LIMIT, next)).toBe(depth);
        }
    });

    it("among initargs: the initializer fails", async () => {
      const pool = new Pool({
        maxWorkers: 1,
        initializer: there.takeNested,
        initargs: [here.makeNested(TOO_DEEP_FOR_SMALL)],
        resourceLimits: SMALL,
      });
      expect(await within(LIMIT, errorOf(pool.submit(work.identity, 1)))).toBeInstanceOf(Broken);
      await within(LIMIT, pool.shutdown());
    });
  },
);

describe.each(POOLS)("a worker in $kind that can tell no more", { tags: ["slow"] }, ({ Pool, Broken }) => {
  it("ends, so that its calls do, and says why", async () => {
    const reports: unknown[] = [];
    await using pool = new Pool({ maxWorkers: 1, onError: (error) => reports.push(error) });
    const spoilt = pool.submit(there.spoilMessages);
    const next = pool.submit(work.identity, "next");
    expect(await within(LIMIT, errorOf(spoilt))).toBeInstanceOf(Broken);
    expect(await within(LIMIT, next)).toBe("next");
    expect(reports).toEqual([new Error("spoilt")]);
  });
});
