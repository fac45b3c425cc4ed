import { Future, isCancelled } from "@async/futures";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, gather, shield, sleep } from "../src/index.ts";
import { onVirtualTime, recordReports, virtualLoop } from "./on-virtual-time.ts";

describe("shield", () => {
  it("SHLD-01 passes the result and the exception through", () =>
    onVirtualTime(async () => {
      const thrown = new Error("no");
      const outcomes = [
        await shield(() => sleep(1, "good")),
        await errorOf(shield(() => Promise.reject(thrown))),
        await shield(sleep(1, "promise")),
      ];
      expect(outcomes).toEqual(["good", thrown, "promise"]);
    }));

  it("SHLD-01 returns a finished future as it is", () =>
    onVirtualTime(async () => {
      const inner = new Future();
      inner.setResult(1);
      expect(shield(inner)).toBe(inner);
    }));

  it("SHLD-02 leaves the inner task running when its waiter is cancelled", () =>
    onVirtualTime(async () => {
      const inner = createTask(() => sleep(10, "undisturbed"));
      const waiter = createTask(async () => await shield(inner));
      await sleep(0);
      waiter.cancel();
      await errorOf(waiter);
      expect([waiter.cancelled(), inner.cancelling(), await inner]).toEqual([true, 0, "undisturbed"]);
    }));

  it("SHLD-03 is cancelled along with the inner future", () =>
    onVirtualTime(async () => {
      const inner = new Future();
      const outer = shield(inner);
      inner.cancel();
      expect([isCancelled(await errorOf(outer)), outer.cancelled()]).toEqual([true, true]);
    }));

  it("SHLD-04 once cancelled leaves no callback behind on the inner future", () =>
    onVirtualTime(async () => {
      const inner = new Future();
      for (let round = 0; round < 3; round += 1) shield(inner).cancel();
      const during = String(inner);
      await sleep(0);
      expect([during.includes("cb="), String(inner)]).toEqual([true, "<Future pending>"]);
    }));

  it("SHLD-05 around a gather protects the children", () =>
    onVirtualTime(async () => {
      const children = [new Future(), new Future()];
      const inner = gather(children);
      const outer = shield(inner);
      outer.cancel();
      await sleep(0);
      for (const child of children) child.setResult("child");
      expect([outer.cancelled(), await inner]).toEqual([true, ["child", "child"]]);
    }));

  it("SHLD-05 in a gather: cancelling that cancels the shields alone", () =>
    onVirtualTime(async () => {
      const children = [new Future(), new Future()];
      const shields = children.map((child) => shield(child));
      const outer = gather(shields);
      outer.cancel();
      await errorOf(outer);
      expect([shields.map((each) => each.cancelled()), children.map((child) => child.done())]).toEqual([
        [true, true],
        [false, false],
      ]);
    }));

  it("reports the failure of an inner task whose shield was given up, for nobody has seen it", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    await onVirtualTime(async () => {
      const inner = createTask(() => sleep(5).then(() => Promise.reject(new Error("unseen"))), {
        name: "inner",
      });
      shield(inner).cancel();
      await sleep(10);
    }, loop);
    expect(reports).toEqual(["Task 'inner' exception was never retrieved"]);
  });

  it("refuses what cannot be awaited", () => {
    expect(() => shield(42 as never)).toThrow(TypeError);
  });
});
