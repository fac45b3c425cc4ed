/** Heartbeat: when it beats, and what it notes of what holds it up. */
import { expect, it } from "vitest";

import { EventLoop, VirtualClock } from "@async/loop";

import { Heartbeat } from "../src/heartbeat.ts";

it("beats until it is stopped, and then leaves no timer", async () => {
  const loop = new EventLoop({ clock: new VirtualClock() });
  const heart = new Heartbeat(loop, 10);
  loop.callAt(55, () => heart.stop());
  await loop.runUntilIdle();
  expect(heart.beats).toBe(5);
  expect(heart.largestDelay).toBe(0);
  expect(loop.time()).toBe(55);
});

it("notes by how much it was held up, and skips the beats that it missed", async () => {
  const clock = new VirtualClock();
  const loop = new EventLoop({ clock });
  const heart = new Heartbeat(loop, 10);
  // Nothing else runs from 5 to 47: the beats due at 20, 30 and 40 are lost with the one that comes late.
  loop.callAt(5, () => clock.advanceTo(47));
  loop.callAt(65, () => heart.stop());
  await loop.runUntilIdle();
  expect(heart.beats).toBe(3);
  expect(heart.largestDelay).toBe(37);
});
