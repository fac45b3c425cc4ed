import { setTimeout as pause } from "node:timers/promises";

import { TimeoutError, UsageError } from "@async/futures";
import { errorOf, gateKeeper, until } from "@async/test-kit";
import { describe, expect, it, vi } from "vitest";

import { POOLS, sharedPool, callWork, hold, work } from "./pools.ts";

describe.each(POOLS)("with({ timeout }) in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool, { maxWorkers: 1, cancelGrace: 0 });

  it("fails a call that takes longer, and ends it", async () => {
    const error = await errorOf(shared.pool.with({ timeout: 10 }).submit(work.spinForEver));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it("tells the call by its signal, with a TimeoutError as the reason", async () => {
    await using pool = new Pool({ maxWorkers: 1, cancelGrace: 5000 });
    await errorOf(pool.with({ timeout: 10 }).submit(callWork.noteReason));
    expect(await pool.submit(callWork.readLastReason)).toMatch(/^TimeoutError: /);
  });

  it("counts from the start of the call on its worker, not while it waits", async () => {
    await using keeper = await gateKeeper();
    const gate = keeper.gate();
    const held = shared.pool.submit(hold, gate.ticket);
    await gate.reached();
    const call = shared.pool.with({ timeout: 50 }).submit(work.identity, "in time");
    await pause(100);
    expect(call.done()).toBe(false);
    gate.open();
    await held;
    expect(await call).toBe("in time");
  });

  it("leaves a call alone that ends in time", async () => {
    expect(await shared.pool.with({ timeout: 3_600_000 }).submit(work.double, 21)).toBe(42);
  });

  it.each([2 ** 31, Infinity, null])("of %s leaves the call alone", async (timeout) => {
    expect(await shared.pool.with({ timeout }).submit(work.spin, 10)).toBe(10);
  });

  it("holds for each call of map by itself", async () => {
    const results: unknown[] = [];
    const iterate = async () => {
      for await (const result of shared.pool.with({ timeout: 300 }).map(work.spin, [1, 2, 3]))
        results.push(result);
    };
    await iterate();
    expect(results).toEqual([1, 2, 3]);
  });

  it.each([-1, Number.NaN])("%d is refused", (timeout) => {
    expect(() => shared.pool.with({ timeout })).toThrow(UsageError);
  });
});

describe.each(POOLS)("with({ signal }) in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool, { maxWorkers: 1, cancelGrace: 0 });

  it("cancels the call when the signal aborts, with its reason", async () => {
    const controller = new AbortController();
    const future = shared.pool.with({ signal: controller.signal }).submit(work.spinForEver);
    await until(() => future.running());
    const reason = new Error("enough");
    controller.abort(reason);
    expect([future.cancelled(), future.cancelReason]).toEqual([true, reason]);
    await errorOf(future);
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });

  it("that was aborted before, cancels the call before it starts", async () => {
    const future = shared.pool.with({ signal: AbortSignal.abort("no") }).submit(work.note, "must not run");
    expect(future.cancelled()).toBe(true);
    await errorOf(future);
    expect(await shared.pool.submit(work.readNotes)).toEqual([]);
  });

  it("leaves no listener on the signal when the call is over", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    const scoped = shared.pool.with({ signal });
    await Promise.all([scoped.submit(work.identity, 1), errorOf(scoped.submit(work.fail, "no"))]);
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
  });
});

describe.each(POOLS)("with({ onProgress }) in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it("is told what the call reports, in order, before its end", async () => {
    const log: unknown[] = [];
    const future = shared.pool.with({ onProgress: (value) => log.push(value) }).submit(callWork.countTo, 5);
    future.addDoneCallback((done) => log.push(done.result()));
    await future;
    expect(log).toEqual([1, 2, 3, 4, 5, "counted"]);
  });

  it("is told of its own call only", async () => {
    const logs = [1, 2, 3, 4].map(() => [] as unknown[]);
    await Promise.all(
      logs.map((log, index) =>
        shared.pool.with({ onProgress: (value) => log.push(value) }).submit(callWork.countTo, index),
      ),
    );
    expect(logs).toEqual([[], [1], [1, 2], [1, 2, 3]]);
  });

  it("is told nothing after the end of the call, and the next call is not told either", async () => {
    const log: unknown[] = [];
    const scoped = shared.pool.with({ onProgress: (value) => log.push(value) });
    await scoped.submit(callWork.progressTooLate);
    await scoped.submit(work.nameAfter, 15);
    await scoped.submit(work.nameAfter, 15);
    expect(log).toEqual([]);
  });

  it("is told nothing any more once the future was cancelled", async () => {
    const log: unknown[] = [];
    const future = shared.pool
      .with({ onProgress: (value) => log.push(value) })
      .submit(callWork.countTo, 1_000_000);
    await until(() => log.length > 2);
    future.cancel();
    const length = log.length;
    await errorOf(future);
    await shared.pool.submit(work.nameAfter, 10);
    expect(log).toHaveLength(length);
  });

  it("that throws fails neither the call nor the pool; it is reported", async () => {
    const errors: unknown[] = [];
    await using pool = new Pool({ maxWorkers: 1, onError: (error) => errors.push(error) });
    const thrown = new Error("in the callback");
    const scoped = pool.with({
      onProgress: () => {
        throw thrown;
      },
    });
    expect(await scoped.submit(callWork.countTo, 1)).toBe("counted");
    expect(errors).toEqual([thrown]);
  });

  it("a report that cannot be sent throws where it is made, in the call", async () => {
    expect(await errorOf(shared.pool.submit(callWork.progressUnsendable))).toMatchObject({
      name: "DataCloneError",
    });
  });

  it("reports without anybody who listens are dropped", async () => {
    expect(await shared.pool.submit(callWork.countTo, 3)).toBe("counted");
  });
});

describe.each(POOLS)("currentCall in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it("gives each call an id of its own, also after an await", async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => shared.pool.submit(callWork.callIds)));
    expect(ids.every(([before, after, same]) => before === after && same)).toBe(true);
    expect(new Set(ids.map(([id]) => id)).size).toBe(4);
  });

  it("outside of a call is a UsageError", async () => {
    const { currentCall } = await import("../src/worker.ts");
    expect(() => currentCall()).toThrow(UsageError);
  });
});

describe.each(POOLS)("bad options in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each([null, undefined, 5, "1000"])("with(%s) is refused with a TypeError that says so", (options) => {
    expect(() => shared.pool.with(options as never)).toThrow(TypeError);
    expect(() => shared.pool.with(options as never)).toThrow(/^with: the options are an object, got/);
  });

  it.each([
    ["signal", 5],
    ["signal", null],
    ["signal", new EventTarget()],
    ["timeout", "1000"],
    ["onProgress", 5],
    ["transfer", 5],
  ])("with({ %s: %s }) is refused with a TypeError that names it", (name, value) => {
    expect(() => shared.pool.with({ [name]: value })).toThrow(TypeError);
    expect(() => shared.pool.with({ [name]: value })).toThrow(name);
  });

  it.each([
    ["map", (options: never) => shared.pool.map(work.identity, [1], options)],
    ["starmap", (options: never) => shared.pool.starmap(work.identity, [[1]], options)],
    ["map", (options: never) => shared.pool.with({}).map(work.identity, [1], options)],
  ])("%s refuses options that are none at once, with a TypeError that says what is wrong", (caller, run) => {
    for (const options of [null, 5, "1000"])
      expect(() => run(options as never)).toThrow(`${caller}: the options are an object, got`);
    for (const [name, value] of [
      ["signal", 5],
      ["signal", null],
      ["timeout", "1000"],
      ["chunkSize", "1"],
      ["bufferSize", null],
    ] as const) {
      expect(() => run({ [name]: value } as never)).toThrow(TypeError);
      expect(() => run({ [name]: value } as never)).toThrow(`${caller}: ${name} is a`);
    }
    expect(shared.pool.statistics().pending).toBe(0);
  });

  it("shutdown rejects with a TypeError, and does nothing", async () => {
    for (const options of [null, 5, { timeout: "1000" }]) {
      const error = await errorOf(shared.pool.shutdown(options as never));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^shutdown: /);
    }
    expect(await shared.pool.submit(work.identity, 1)).toBe(1);
  });
});

describe.each(POOLS)("map({ timeout }) in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it.each([2 ** 31, 1e10, Infinity, null])("of %s ms does not end it before its time", async (timeout) => {
    const results: unknown[] = [];
    for await (const result of shared.pool.map(work.nameAfter, [20], { timeout })) results.push(result);
    expect(results).toHaveLength(1);
  });
});
