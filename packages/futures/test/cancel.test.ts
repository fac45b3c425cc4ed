import { describe, expect, it } from "vitest";

import { Future } from "../src/index.ts";
import {
  ANSWER,
  type CancelKeeper,
  type CancelRelay,
  type CancelTarget,
  INTERRUPT,
  PASS_ON,
  REPEAT,
  cancelEach,
  cancelThrough,
} from "../src/port.ts";

/** A relay that logs what it is told. */
class Relay implements CancelRelay, CancelTarget {
  readonly name: string;
  readonly log: string[];
  targets: CancelTarget[] | null = [];

  constructor(name: string, log: string[]) {
    this.name = name;
    this.log = log;
  }

  [PASS_ON](reason: unknown): CancelTarget[] | null {
    this.log.push(`${this.name} ${String(reason)}`);
    return this.targets;
  }

  [ANSWER](taken: boolean): void {
    this.log.push(`${this.name} ${taken ? "taken" : "refused"}`);
  }

  cancel(reason?: unknown): boolean {
    return cancelThrough(this, reason);
  }
}

/** A relay that is told of repeats. */
class Keeper extends Relay implements CancelKeeper {
  [REPEAT](times: number, taken: boolean): void {
    this.log.push(`${this.name} ${times} more ${taken ? "taken" : "refused"}`);
  }

  [INTERRUPT](): boolean {
    return false;
  }
}

function relays(...names: string[]): { log: string[]; relays: Relay[] } {
  const log: string[] = [];
  return { log, relays: names.map((name) => new Relay(name, log)) };
}

describe("cancelThrough", () => {
  it("asks depth first, in order, and answers on the way back", () => {
    const { log, relays: made } = relays("top", "left", "right");
    const [top, left, right] = made as [Relay, Relay, Relay];
    const [a, b, c] = [new Future(), new Future(), new Future()];
    left.targets = [a, b];
    right.targets = [c];
    top.targets = [left, right];
    expect(cancelThrough(top, "why")).toBe(true);
    expect([a, b, c].map((future) => future.cancelReason)).toEqual(["why", "why", "why"]);
    expect(log).toEqual(["top why", "left why", "left taken", "right why", "right taken", "top taken"]);
  });

  it("is refused by whoever is done, and asks nobody further", () => {
    const { log, relays: made } = relays("top");
    made[0]!.targets = null;
    expect([cancelThrough(made[0]!, "why"), log]).toEqual([false, ["top why"]]);
  });

  it("is taken when one of several takes it", () => {
    const { relays: made } = relays("top");
    const [done, pending] = [new Future(), new Future()];
    done.setResult(1);
    made[0]!.targets = [done, pending];
    expect(cancelThrough(made[0]!, "why")).toBe(true);
    expect(cancelThrough(made[0]!, "again")).toBe(false);
  });

  it("enters a cycle once", () => {
    const { log, relays: made } = relays("a", "b");
    const [a, b] = made as [Relay, Relay];
    a.targets = [b];
    b.targets = [a];
    expect(cancelThrough(a, "why")).toBe(true);
    expect(log).toEqual(["a why", "b why", "b taken", "a taken"]);
  });

  it("enters a relay once that hangs on two branches, and asks what lies below once: that is no cycle", () => {
    const { log, relays: made } = relays("top", "left", "right", "shared");
    const [top, left, right, shared] = made as [Relay, Relay, Relay, Relay];
    top.targets = [left, right];
    left.targets = right.targets = [shared];
    shared.targets = [new Future()];
    cancelThrough(top, "why");
    expect(log).toEqual([
      ...["top why", "left why", "shared why", "shared taken", "left taken"],
      // The future below took it the first time and would refuse it now.
      ...["right why", "right refused", "top taken"],
    ]);
  });

  it("tells a keeper of the other ways that led to it", () => {
    const log: string[] = [];
    const [top, left, right, below] = ["top", "left", "right", "below"].map((name) => new Keeper(name, log));
    top!.targets = [left!, right!, right!];
    left!.targets = right!.targets = [below!];
    below!.targets = [new Future()];
    cancelThrough(top!, "why");
    expect(log.filter((entry) => entry.includes("more"))).toEqual([
      "right 1 more taken",
      "below 2 more refused",
    ]);
  });

  it("goes through a chain of 100,000 without growing the stack", () => {
    const future = new Future();
    const log: string[] = [];
    let first = new Relay("last", log);
    first.targets = [future];
    for (let depth = 0; depth < 100_000; depth += 1) {
      const relay = new Relay("link", log);
      relay.targets = [first];
      first = relay;
    }
    expect([cancelThrough(first, "why"), future.cancelReason]).toEqual([true, "why"]);
  });
});

describe("cancelEach", () => {
  it("asks one after another, and enters each relay once: a chain costs what it has links", () => {
    const log: string[] = [];
    const future = new Future();
    const chain: Keeper[] = [];
    for (let link = 0; link < 1000; link += 1) {
      const keeper = new Keeper(`link ${link}`, log);
      keeper.targets = [chain.at(-1) ?? future];
      chain.push(keeper);
    }
    cancelEach(chain.toReversed(), "why");
    expect(future.cancelReason).toBe("why");
    // Entered, answered, and all but the first told of the others.
    expect(log.length).toBe(1000 + 1000 + 999);
    expect(log.at(-1)).toBe("link 0 999 more refused");
  });

  it("leaves out those that refuse", () => {
    const { log, relays: made } = relays("done", "pending");
    made[0]!.targets = null;
    cancelEach(made, "why");
    expect(log).toEqual(["done why", "pending why", "pending refused"]);
  });
});
