/**
 * takeTurns: three functions that reschedule one another until an end time, and then stop the loop. The heart of Python's script of this name.
 *
 * None of them waits: each has itself followed by the next one, and returns.
 */
import type { EventLoop } from "@async/loop";

import type { Chapter } from "../chapter.ts";
import type { Page } from "../page.ts";
import { withLoop } from "../with-loop.ts";

/** Milliseconds from one call to the next. */
const STEP = 200;

interface Relay {
  readonly loop: EventLoop;
  readonly page: Page;
  readonly start: number;
  readonly end: number;
}

export const takeTurns: Chapter = {
  title: "Take turns until an end time",

  tell: (page, setting) =>
    withLoop(setting, async (loop) => {
      page.say(`Three functions call one another, one every ${STEP} ms, for ${setting.duration} ms.`);
      const start = loop.time();
      loop.callSoon(function1, { loop, page, start, end: start + setting.duration });
      await loop.runForever();
      page.line("");
      page.line(`The last one called loop.stop(): ${String(loop)}`);
    }),
};

function function1(relay: Relay): void {
  called(relay, 1);
  handOver(relay, function2);
}

function function2(relay: Relay): void {
  called(relay, 2);
  handOver(relay, function3);
}

function function3(relay: Relay): void {
  called(relay, 3);
  handOver(relay, function1);
}

function handOver(relay: Relay, next: (relay: Relay) => void): void {
  if (relay.loop.time() + STEP < relay.end) relay.loop.callLater(STEP, next, relay);
  else relay.loop.stop();
}

function called({ loop, page, start }: Relay, lane: 1 | 2 | 3): void {
  const time = `${(loop.time() - start).toFixed(0)} ms`.padStart(8);
  page.line(`${time}  ${"·".repeat(lane - 1)}●${"·".repeat(3 - lane)}  function${lane}`);
}
