import { UsageError, isCancelled } from "@async/futures";
import { createTask, gather, sleep } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { SequenceBrokenError, Sequencer, runVirtual, untilBlocked } from "../src/index.ts";

describe("Sequencer", () => {
  it("runs the positions in order, in whatever order the tasks come to them", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      const log: string[] = [];
      const visit = async (name: string, ...positions: number[]) => {
        for (const position of positions) await order.at(position, () => log.push(`${position} ${name}`));
      };
      await gather([() => visit("c", 4, 5), () => visit("b", 1, 3), () => visit("a", 0, 2)]);
      expect(log).toEqual(["0 a", "1 b", "2 a", "3 b", "4 c", "5 c"]);
    }));

  it("begins a position when the body of the one before has ended", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      const log: string[] = [];
      const slow = async () => {
        await sleep(10);
        log.push("first ends");
      };
      await gather([() => order.at(1, () => log.push("second")), () => order.at(0, slow)]);
      expect(log).toEqual(["first ends", "second"]);
    }));

  it("settles as the body does, and goes on also when it fails", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      expect((await errorOf(order.at(0, () => Promise.reject(new Error("at 0"))))).message).toBe("at 0");
      expect(await order.at(1, () => 42)).toBe(42);
      await order.at(2);
      expect(await order.at(3, async () => 43)).toBe(43);
    }));

  it("refuses a position that is taken, and what is none", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      await order.at(0);
      expect((await errorOf(order.at(0))).message).toBe(
        "Sequencer: position 0 is taken already; each runs once",
      );
      for (const position of [-1, 0.5, NaN, "1"])
        expect(await errorOf(order.at(position as number))).toBeInstanceOf(UsageError);
    }));

  it("whose wait is cancelled is broken for all who wait and all who come", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      const [cancelled, waiting] = [1, 2].map((position) => createTask(() => order.at(position)));
      await untilBlocked();
      cancelled!.cancel();
      const outcomes = await gather([cancelled!, waiting!], { returnExceptions: true });
      expect(isCancelled(outcomes[0])).toBe(true);
      expect(outcomes[1]).toBeInstanceOf(SequenceBrokenError);
      expect((outcomes[1] as unknown as SequenceBrokenError).code).toBe("ERR_SEQUENCE_BROKEN");
      expect((await errorOf(order.at(3))).message).toBe(
        "Sequencer: the wait for position 1 was cancelled, so no later one can be reached",
      );
    }));

  it("is broken also when the wait is cancelled after its turn had come", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      const [late, waiting] = [1, 2].map((position) => createTask(() => order.at(position)));
      await untilBlocked();
      await order.at(0);
      late!.cancel();
      const outcomes = await gather([late!, waiting!], { returnExceptions: true });
      expect(outcomes[1]).toBeInstanceOf(SequenceBrokenError);
    }));

  it("goes on when a body is cancelled, as when it fails", () =>
    runVirtual(async () => {
      const order = new Sequencer();
      const first = createTask(() => order.at(0, () => sleep(1000)));
      const second = createTask(() => order.at(1, () => "reached"));
      await untilBlocked();
      first.cancel();
      expect(await second).toBe("reached");
    }));
});
