import { describe, expect, it } from "vitest";

import { RealClock, VirtualClock } from "../src/clock.ts";

describe("VirtualClock", () => {
  it("starts at 0, and stands still until it is moved", () => {
    const clock = new VirtualClock();
    expect([clock.now(), clock.now()]).toEqual([0, 0]);
    clock.advanceTo(3_600_000);
    expect(clock.now()).toBe(3_600_000);
  });

  it("never goes back", () => {
    const clock = new VirtualClock();
    clock.advanceTo(10);
    clock.advanceTo(5);
    expect(clock.now()).toBe(10);
  });
});

describe("RealClock", () => {
  it("never goes back, and cannot be moved", () => {
    const clock = new RealClock();
    const readings = Array.from({ length: 100 }, () => clock.now());
    expect(readings).toEqual([...readings].sort((a, b) => a - b));
    expect("advanceTo" in clock).toBe(false);
  });
});
