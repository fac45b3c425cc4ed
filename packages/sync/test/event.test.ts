import { createTask, gather, sleep } from "@async/task";
import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Event } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("Event", () => {
  it("EVNT-01 wakes all who wait, in the order in which they came", () =>
    onVirtualTime(async () => {
      const event = new Event();
      const log: string[] = [];
      const wait = async (name: string) => {
        expect(await event.wait()).toBe(true);
        log.push(name);
      };
      const waiting = gather([() => wait("a"), () => wait("b"), () => wait("c")]);
      await sleep(0);
      event.set();
      log.push("set");
      await waiting;
      expect(log).toEqual(["set", "a", "b", "c"]);
    }));

  it("EVNT-01 resolves to true without a turn of the loop when it is set", () =>
    onVirtualTime(async () => {
      const event = new Event();
      event.set();
      const log: unknown[] = [];
      const other = createTask(async () => log.push("another task"));
      log.push(await event.wait());
      await other;
      expect(log).toEqual([true, "another task"]);
    }));

  it("lets one that comes in the turn of `set` go before those who waited", () =>
    onVirtualTime(async () => {
      const event = new Event();
      const log: string[] = [];
      const wait = async (name: string) => {
        await event.wait();
        log.push(name);
      };
      const waiting = [createTask(() => wait("a")), createTask(() => wait("b"))];
      await sleep(0);
      waiting.push(createTask(() => wait("late")));
      event.set();
      await gather(waiting);
      expect(log).toEqual(["late", "a", "b"]);
    }));

  it("lets those go on whom it has woken, also when it is cleared before their turn", () =>
    onVirtualTime(async () => {
      const event = new Event();
      const waiter = createTask(() => event.wait());
      await sleep(0);
      event.set();
      event.clear();
      expect([await waiter, event.isSet()]).toEqual([true, false]);
    }));

  it("makes those wait who come after it was cleared", () =>
    onVirtualTime(async () => {
      const event = new Event();
      event.set();
      event.clear();
      const waiter = createTask(() => event.wait());
      await sleep(0);
      expect([waiter.done(), event.isSet()]).toEqual([false, false]);
    }));

  it("keeps no waiter that was cancelled, and wakes the others", () =>
    onVirtualTime(async () => {
      const event = new Event();
      const [given, kept] = [createTask(() => event.wait()), createTask(() => event.wait())];
      await sleep(0);
      given.cancel();
      event.set();
      await errorOf(given);
      expect([await kept, event.statistics()]).toEqual([true, { isSet: true, waiters: [] }]);
    }));

  it("shows who waits, and says in its text how many", () =>
    onVirtualTime(async () => {
      const event = new Event();
      void createTask(() => event.wait(), { name: "patient" });
      await sleep(3);
      expect(event.statistics()).toEqual({ isSet: false, waiters: [{ task: "patient", waitedFor: 3 }] });
      expect(String(event)).toBe("<Event unset waiters=1>");
      event.set();
      expect(String(event)).toBe("<Event set>");
    }));
});
