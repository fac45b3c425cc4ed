import { describe, expect, it } from "vitest";

import { TimerHandle } from "../src/index.ts";
import { type Timer, TimerHeap } from "../src/timer-heap.ts";
import { virtualLoop } from "./virtual-loop.ts";

/** A heap, and timers that tell it when they are cancelled. */
function stage() {
  const heap = new TimerHeap();
  const owner = Object.assign(virtualLoop(), {
    noteCancelledTimer: (timer: Timer) => {
      heap.noteCancelled(timer);
    },
  });
  const set = (when: number) => {
    const timer = new TimerHandle(owner, when, () => {}, [], null);
    heap.push(timer);
    return timer;
  };
  return { heap, set };
}

describe("TimerHeap", () => {
  it("gives the timers by deadline; those with equal deadlines in the order in which they were set", () => {
    const { heap, set } = stage();
    const [late, early, tieA, tieB, tieC] = [set(30), set(10), set(20), set(20), set(20)];
    const taken = Array.from({ length: 6 }, () => heap.takeDue(100));
    expect(taken).toEqual([early, tieA, tieB, tieC, late, null]);
  });

  it("gives none before it is due", () => {
    const { heap, set } = stage();
    const timer = set(10);
    expect([heap.takeDue(9.999), heap.takeDue(10)]).toEqual([null, timer]);
  });

  it("LOOP-08 passes over the cancelled ones: the next deadline is that of the first live one", () => {
    const { heap, set } = stage();
    const [first, second] = [set(10), set(20)];
    expect(heap.nextDeadline()).toBe(10);
    first.cancel();
    expect([heap.nextDeadline(), heap.takeDue(15), heap.takeDue(20)]).toEqual([20, null, second]);
  });

  it("has no deadline when it is empty, or nothing in it will ever be due", () => {
    const { heap, set } = stage();
    expect(heap.nextDeadline()).toBe(Infinity);
    set(Infinity);
    expect([heap.nextDeadline(), heap.takeDue(1e300)]).toEqual([Infinity, null]);
  });

  it("is not disturbed by a timer that is cancelled twice, or after it was taken", () => {
    const { heap, set } = stage();
    const [taken, cancelled, last] = [set(10), set(20), set(30)];
    heap.takeDue(10);
    taken.cancel();
    cancelled.cancel();
    cancelled.cancel();
    expect([heap.takeDue(100), heap.takeDue(100)]).toEqual([last, null]);
  });

  it("is empty once it is cleared, also for timers that are cancelled afterwards", () => {
    const { heap, set } = stage();
    const timers = Array.from({ length: 300 }, (_, when) => set(when));
    heap.clear();
    for (const timer of timers) timer.cancel();
    set(5);
    expect([heap.length, heap.nextDeadline()]).toEqual([1, 5]);
  });

  it("stays small through 1,000,000 timers that are set and cancelled, one after another", () => {
    const { heap, set } = stage();
    const live = Array.from({ length: 10 }, (_, when) => set(2_000_000 + when));
    let longest = 0;
    for (let when = 0; when < 1_000_000; when += 1) {
      set(when).cancel();
      longest = Math.max(longest, heap.length);
    }
    expect(longest).toBeLessThanOrEqual(101);
    expect(Array.from({ length: 11 }, () => heap.takeDue(1e300))).toEqual([...live, null]);
  });

  it("holds at most twice as many as are live, when 20,000 of them are cancelled in any order", () => {
    const { heap, set } = stage();
    const timers = Array.from({ length: 20_000 }, (_, index) => set((index * 7919) % 20_011));
    let live = timers.length;
    let excess = 0;
    for (const timer of timers) {
      timer.cancel();
      live -= 1;
      excess = Math.max(excess, heap.length - Math.max(2 * live + 1, 101));
    }
    expect(excess).toBeLessThanOrEqual(0);
  });
});
