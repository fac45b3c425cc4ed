/** Inbox: keys come out in the order in which they came in, and none is lost. */
import { expect, it } from "vitest";

import { createTask, gather, sleep, waitFor } from "@async/task";

import { Inbox } from "../../src/input/inbox.ts";
import { onVirtualTime } from "../on-virtual-time.ts";

it("gives keys in order, then null for ever", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    for (const key of "ab") inbox.push(key);
    inbox.end();
    const next = () => inbox.next();
    expect([await next(), await next(), await next(), await next()]).toEqual(["a", "b", null, null]);
  }));

it("wakes who waits when a key comes", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    const waiting = createTask(() => inbox.next());
    await sleep(10);
    inbox.push("a");
    expect(await waiting).toBe("a");
  }));

it("loses no key with a wait that was cancelled", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    await expect(waitFor(() => inbox.next(), 5)).rejects.toThrow("the time is up");
    inbox.push("a");
    expect(await inbox.next()).toBe("a");
  }));

it("lets one wait be cancelled without the other", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    const first = createTask(() => inbox.next());
    const second = createTask(() => inbox.next());
    await sleep(1);
    first.cancel();
    await sleep(1);
    inbox.push("a");
    expect(await gather([first, second], { returnExceptions: true })).toEqual([expect.any(Error), "a"]);
  }));

it("tells whether there is any input", () =>
  onVirtualTime(async () => {
    const full = new Inbox();
    full.push("a");
    const empty = new Inbox();
    empty.end();
    expect(await gather([() => full.hasInput(), () => empty.hasInput()])).toEqual([true, false]);
  }));

it("tells a fast source when to go on", () =>
  onVirtualTime(async () => {
    const inbox = new Inbox();
    inbox.push("a");
    const source = createTask(() => inbox.waitUntilEmpty());
    await sleep(10);
    expect(source.done()).toBe(false);
    await inbox.next();
    await source;
  }));
