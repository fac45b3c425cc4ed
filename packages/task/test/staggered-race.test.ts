import { Future, UsageError, isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { InterruptError, allTasks, createTask, currentTask, sleep, staggeredRace } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

const fails =
  (name: string, delay = 0) =>
  async () => {
    await sleep(delay);
    throw new Error(name);
  };

describe("staggeredRace", () => {
  it("STAG-01 of nobody has no winner and no errors", () =>
    onVirtualTime(async () => {
      expect(await staggeredRace([], 10)).toEqual({ winner: null, index: null, errors: [] });
    }));

  it("STAG-01 that all lose gives every error, in the order of the start", () =>
    onVirtualTime(async () => {
      expect(await staggeredRace([fails("slow", 20), fails("quick")], 5)).toEqual({
        winner: null,
        index: null,
        errors: [new Error("slow"), new Error("quick")],
      });
    }));

  it("STAG-02 starts the next contender as soon as one has failed, and ends with the first success", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const never = async () => log.push("third starts");
      const race = await staggeredRace([fails("first"), () => sleep(1, "second"), never], 1000);
      expect([race, log, getRunningLoop().time()]).toEqual([
        { winner: "second", index: 1, errors: [new Error("first"), null] },
        [],
        1,
      ]);
    }));

  it("STAG-02 with null starts the next one only after a failure", () =>
    onVirtualTime(async () => {
      const race = await staggeredRace([() => sleep(1e6, "patient"), () => "second"], null);
      expect(race).toEqual({ winner: "patient", index: 0, errors: [null] });
    }));

  it("STAG-03 starts the next one beside the first after the delay; the loser has ended, cancelled", () =>
    onVirtualTime(async () => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const slow = async () => {
        try {
          await sleep(1000);
        } finally {
          await sleep(3);
          log.push(["loser ended", loop.time()]);
        }
      };
      const { winner, index, errors } = await staggeredRace([slow, () => sleep(5, "quick")], 10);
      log.push([winner, index, isCancelled(errors[0]), errors[1], loop.time()]);
      expect(log).toEqual([
        ["loser ended", 18],
        ["quick", 1, true, null, 18],
      ]);
    }));

  it("cancelled from outside cancels every contender and waits for them", () =>
    onVirtualTime(async (main) => {
      const log: string[] = [];
      const contender = (name: string) => async () => {
        try {
          await sleep(1000);
        } finally {
          log.push(`${name} stopped`);
        }
      };
      const race = createTask(() => staggeredRace([contender("a"), contender("b")], 5));
      await sleep(10);
      race.cancel();
      expect(isCancelled(await errorOf(race))).toBe(true);
      expect([log, [...allTasks()]]).toEqual([["a stopped", "b stopped"], [main]]);
    }));

  it("calls each contender with a task of its own", () =>
    onVirtualTime(async (main) => {
      const { winner } = await staggeredRace([async (task) => task === currentTask() && task !== main], null);
      expect(winner).toBe(true);
    }));

  it("passes on what ends the program", () =>
    onVirtualTime(async () => {
      const interrupt = new InterruptError("SIGINT");
      expect(await errorOf(staggeredRace([() => Promise.reject(interrupt)], 1))).toBe(interrupt);
    }));

  it("refuses what is no function, before anyone has started", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const error = await errorOf(staggeredRace([() => log.push("ran"), new Future() as never], 1));
      await sleep(1);
      expect([error, log]).toEqual([
        new UsageError("staggeredRace takes functions, each of which starts a contender"),
        [],
      ]);
    }));

  it("refuses a delay that is NaN", () =>
    onVirtualTime(async () => {
      expect(await errorOf(staggeredRace([], NaN))).toBeInstanceOf(UsageError);
    }));
});
