/** PacedInputs: the pace, and the dot. */
import { expect, it } from "vitest";

import { getRunningLoop } from "@async/loop";
import { waitFor } from "@async/task";

import { Inbox } from "../../src/input/inbox.ts";
import { PacedInputs } from "../../src/input/paced-inputs.ts";
import { onVirtualTime } from "../on-virtual-time.ts";

function paced(keys: string): PacedInputs {
  const inbox = new Inbox();
  for (const key of keys) inbox.push(key);
  inbox.end();
  return new PacedInputs(inbox, 80);
}

it("waits before each key", () =>
  onVirtualTime(async () => {
    const inputs = paced("ab");
    expect([await inputs.next(), await inputs.next(), await inputs.next()]).toEqual(["a", "b", null]);
    expect(getRunningLoop().time()).toBe(240);
  }));

it("waits at a dot until it is cancelled, then goes on behind it", () =>
  onVirtualTime(async () => {
    const inputs = paced(".a");
    await expect(waitFor(() => inputs.next(), 3_600_000)).rejects.toThrow("the time is up");
    expect(await inputs.next()).toBe("a");
  }));

it("takes no key when it is cancelled in the pause", () =>
  onVirtualTime(async () => {
    const inputs = paced("a");
    await expect(waitFor(() => inputs.next(), 79)).rejects.toThrow("the time is up");
    expect(await inputs.next()).toBe("a");
  }));
