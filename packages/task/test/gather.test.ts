import type { CancelledError, Future } from "@async/futures";
import { UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { allTasks, createTask, gather, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

describe("gather", () => {
  it("GATH-01 gives the results in the order of the arguments, whatever ends first", () =>
    onVirtualTime(async () => {
      expect(
        await gather([() => sleep(3, "a"), sleep(1, "b"), createTask(() => sleep(2, "c")), async () => "d"]),
      ).toEqual(["a", "b", "c", "d"]);
    }));

  it("GATH-01 of nothing gives an empty list", () =>
    onVirtualTime(async () => {
      expect(await gather([])).toEqual([]);
    }));

  it("takes any iterable", () =>
    onVirtualTime(async () => {
      const awaitables = new Set([() => 1, () => 2]);
      expect(await gather(awaitables.values())).toEqual([1, 2]);
    }));

  it("runs its children side by side, started in the order of the arguments", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const worker = (name: string) => async () => {
        log.push(`${name} starts`);
        await sleep(1);
        log.push(`${name} ends`);
      };
      await gather([worker("a"), worker("b")]);
      expect(log).toEqual(["a starts", "b starts", "a ends", "b ends"]);
    }));

  it("GATH-02 ends with the first exception at once; the other children go on", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const thrown = new Error("first");
      const slow = createTask(async () => {
        await sleep(100);
        log.push(["slow ends", loop.time()]);
      });
      const failing = async () => {
        await sleep(1);
        throw thrown;
      };
      log.push([await errorOf(gather([slow, failing])), loop.time()]);
      await slow;
      expect(log).toEqual([
        [thrown, 1],
        ["slow ends", 100],
      ]);
    }));

  it("GATH-03 swallows the exceptions that come after the first", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const failing = (delay: number) => async () => {
        await sleep(delay);
        throw new Error(`after ${delay}`);
      };
      expect(await errorOf(gather([failing(2), failing(1)]))).toEqual(new Error("after 1"));
      await sleep(10);
    }, loop);
    expect(reports).toEqual([]);
  });

  it("GATH-04 with returnExceptions puts exceptions into their slots", () =>
    onVirtualTime(async () => {
      const thrown = new Error("no");
      const failing = () => Promise.reject(thrown);
      expect(await gather([() => 1, failing, () => 3], { returnExceptions: true })).toEqual([1, thrown, 3]);
    }));

  it("GATH-06 with returnExceptions shows a cancelled child as a CancelledError", () =>
    onVirtualTime(async () => {
      const child = createTask(() => sleep(100));
      getRunningLoop().callSoon(() => child.cancel("child only"));
      const [slot, other] = await gather([child, () => sleep(1, "other")], { returnExceptions: true });
      expect([isCancelled(slot), other]).toEqual([true, "other"]);
    }));

  it("without returnExceptions a cancelled child ends it with a CancelledError, though nobody cancelled the gather", () =>
    onVirtualTime(async (main) => {
      const child = createTask(() => sleep(100));
      getRunningLoop().callSoon(() => child.cancel());
      const gathering = gather([child, () => sleep(1)]);
      const error = await errorOf(gathering);
      expect([isCancelled(error), gathering.cancelled(), main.cancelling()]).toEqual([true, false, 0]);
    }));

  it("GATH-07 passes a cancellation of its awaiter on to every child that is not done", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const child = (name: string, delay: number) => async () => {
        try {
          await sleep(delay);
          log.push(`${name} done`);
        } catch (error) {
          log.push(`${name} ${String(error)}`);
          throw error;
        }
      };
      let gathering: Future | undefined;
      const awaiter = createTask(async () => {
        gathering = gather([child("a", 1), child("b", 100), child("c", 100)]);
        await gathering;
      });
      await sleep(10);
      awaiter.cancel();
      await errorOf(awaiter);
      log.push(`cancel() afterwards: ${gathering!.cancel()}`);
      expect(log).toEqual([
        "a done",
        "b CancelledError: cancelled",
        "c CancelledError: cancelled",
        "cancel() afterwards: false",
      ]);
    }));

  it("GATH-07 once cancelled it ends cancelled, even if the children refuse and with returnExceptions", () =>
    onVirtualTime(async () => {
      const stubborn = () => sleep(100).catch(() => "stayed");
      const gathering = gather([stubborn, stubborn], { returnExceptions: true });
      await sleep(0);
      gathering.cancel();
      expect(isCancelled(await errorOf(gathering))).toBe(true);
    }));

  it("GATH-11 runs the same awaitable once and fills each of its slots", () =>
    onVirtualTime(async () => {
      let calls = 0;
      const twice = async () => ++calls;
      expect([await gather([twice, () => "x", twice]), calls]).toEqual([[1, "x", 1], 1]);
    }));

  it("GATH-12 refuses futures of different loops", () =>
    onVirtualTime(async () => {
      const futures = [getRunningLoop().createFuture(), virtualLoop().createFuture()];
      expect(() => gather(futures)).toThrow(
        new UsageError(
          "gather: element 1 belongs to another loop; gather the futures of each loop by themselves",
        ),
      );
    }));

  it("GATH-12 refuses what cannot be awaited before anything has started", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const before = allTasks().size;
      expect(() => gather([() => log.push("ran"), 42 as never])).toThrow(
        new TypeError("gather: element 1 is 42, no future, promise or function"),
      );
      await sleep(1);
      expect([log, allTasks().size]).toEqual([[], before]);
    }));

  it("GATH-12 starts nothing when futures of different loops are mixed", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const foreign = virtualLoop().createFuture();
      expect(() => gather([() => log.push("ran"), foreign])).toThrow(UsageError);
      await sleep(1);
      expect(log).toEqual([]);
    }));

  it("refuses arguments that are not in a list, and says how to write them", () =>
    onVirtualTime(async () => {
      expect(() => gather(createTask(() => 1) as never)).toThrow(
        /^gather takes a list of awaitables, got .*; put them into \[ \]$/,
      );
    }));

  it.each([[null], [undefined]])("refuses %s in place of a list", (list) => {
    expect(() => gather(list as never)).toThrow(/^gather takes a list of awaitables, got /);
  });

  it("EAGER-06 of tasks that are done already is done when it is returned, with no turn of the loop", () =>
    onVirtualTime(async () => {
      const depth = (n: number): Future =>
        gather(n === 0 ? [] : [createTask(() => n, { eager: true }), depth(n - 1)]);
      expect(depth(5).result()).toEqual([5, [4, [3, [2, [1, []]]]]]);
      expect(getRunningLoop().isIdle()).toBe(true);
    }));

  it("keeps its awaiter's cancellation apart from that of a child", () =>
    onVirtualTime(async () => {
      const child = createTask(() => sleep(100));
      const awaiter = createTask(async () => await gather([child]));
      await sleep(0);
      child.cancel("the child's");
      const error = (await errorOf(awaiter)) as CancelledError;
      expect([awaiter.cancelled(), awaiter.cancelling(), error.reason]).toEqual([true, 0, "the child's"]);
    }));
});
