/** Pulse: its beats, and how it counts them. */
import { expect, it } from "vitest";

import { createTask, sleep } from "@async/task";

import { Pulse } from "../src/pulse.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

it("beats while others wait, until it is cancelled", () =>
  onVirtualTime(async () => {
    const seen: number[] = [];
    const pulse = new Pulse("Heartbeat", 100, (beats) => seen.push(beats));
    const beating = createTask(() => pulse.run());
    await sleep(350);
    beating.cancel();
    await sleep(1000);
    expect(seen).toEqual([1, 2, 3]);
    expect(pulse.beats).toBe(3);
    expect(pulse.largestDelay).toBe(0);
  }));
