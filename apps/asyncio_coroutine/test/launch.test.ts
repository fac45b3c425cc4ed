/** launch: all of it together, on virtual time, to the letter. */
import { expect, it } from "vitest";

import { isCancelled } from "@async/futures";
import { createTask, sleep } from "@async/task";

import { launch } from "../src/launch.ts";
import { Page } from "../src/page.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { typedKeys } from "./typed-keys.ts";

function launchInto(text: string[], keys: string): Promise<void> {
  const page = new Page((part) => text.push(part));
  return launch(page, async () => ({ name: "a test", inputs: typedKeys(keys), speed: 4 }));
}

it("tells the path, and what went on meanwhile", async () => {
  const text: string[] = [];
  await onVirtualTime(() => launchInto(text, "f.xq"));
  expect(text.join("")).toBe(`Keys come from a test.

  0.00 s  standby
          The rocket stands empty.  [f] fill the tanks  [q] go home
  0.01 s  standby ─ f ─► fuelling
          The tanks are filling.  [s] stop
          25% · 50% · 75% · 100% · (0.5 s) ·
  0.51 s  fuelling ─ full ─► ready
          The tanks are full.  [g] go  [d] drain the tanks  [q] go home
          x?
  0.53 s  ready ─ q ─► scrubbed
          No launch today: q.

Path        standby → fuelling → ready → scrubbed
Keys        3 read, 1 of them without a meaning
Heartbeat   5 × 100 ms, at most 0 ms late
Clock       1 × 500 ms, at most 0 ms late
Tasks left  0
`);
});

it("says where it was when it is cancelled, and leaves nothing behind", async () => {
  const text: string[] = [];
  await onVirtualTime(async () => {
    const launching = createTask(() => launchInto(text, "f."));
    await sleep(200);
    launching.cancel();
    await expect(launching).rejects.toSatisfy(isCancelled);
  });
  expect(text.join("")).toContain("Interrupted in state fuelling: everything is made safe.");
  expect(text.join("")).toContain("Tasks left  1");
});
