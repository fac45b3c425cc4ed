/** Desk: which key answers a question, and until when. */
import { expect, it } from "vitest";

import { isCancelled } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { createTask, sleep } from "@async/task";

import { Desk, type Question, TIME_IS_UP } from "../src/desk.ts";
import { Inbox } from "../src/input/inbox.ts";
import { Journal } from "../src/journal.ts";
import { Page } from "../src/page.ts";
import { onVirtualTime } from "./on-virtual-time.ts";
import { typedKeys } from "./typed-keys.ts";

const question: Question<"a" | "b"> = {
  about: "Which?",
  keys: { a: "this", b: "that" },
  limit: 1000,
  waitsFor: "you",
};

function quietDesk(keys: string, speed = 1): Desk {
  return new Desk(typedKeys(keys), new Journal(new Page(() => undefined)), speed);
}

it("passes over keys that mean nothing here", () =>
  onVirtualTime(async () => {
    expect(await quietDesk("xyzb").choose(question)).toBe("b");
    expect(getRunningLoop().time()).toBe(40);
  }));

it("takes no inherited name for a key", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    inbox.push("toString");
    inbox.end();
    const desk = new Desk(inbox, new Journal(new Page(() => undefined)), 1);
    expect(await desk.choose(question)).toBe(TIME_IS_UP);
  }));

it("gives up at the limit, scaled by the speed", () =>
  onVirtualTime(async () => {
    expect(await quietDesk(".", 4).choose(question)).toBe(TIME_IS_UP);
    expect(getRunningLoop().time()).toBe(250);
  }));

it("does not wait for you once the input has ended", () =>
  onVirtualTime(async () => {
    expect(await quietDesk("").choose(question)).toBe(TIME_IS_UP);
    expect(getRunningLoop().time()).toBe(10);
  }));

it("waits for time also when the input has ended", () =>
  onVirtualTime(async () => {
    expect(await quietDesk("").choose({ ...question, waitsFor: "time" })).toBe(TIME_IS_UP);
    expect(getRunningLoop().time()).toBe(1000);
  }));

it("leaves a key that comes after the deadline to the next question", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    const desk = new Desk(inbox, new Journal(new Page(() => undefined)), 1);
    expect(await desk.choose(question)).toBe(TIME_IS_UP);
    inbox.push("a");
    expect(await desk.choose(question)).toBe("a");
  }));

it("does not take a cancellation for its deadline", () =>
  onVirtualTime(async () => {
    const asking = createTask(() => quietDesk(".").choose(question));
    await sleep(5);
    asking.cancel();
    await expect(asking).rejects.toSatisfy(isCancelled);
  }));
