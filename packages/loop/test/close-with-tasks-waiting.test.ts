/** What becomes of the jobs in the ready queue of a loop that closes. */
import { Future } from "@async/futures";
import type { Job } from "@async/futures/port";
import { microtasks } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { recordReports, virtualLoop } from "./virtual-loop.ts";

class LoggedJob implements Job {
  next: Job | null = null;
  readonly #log: string[];
  readonly abandon?: () => void;

  constructor(log: string[], canBeAbandoned: boolean) {
    this.#log = log;
    if (canBeAbandoned) this.abandon = () => void log.push("abandoned");
  }

  run(): boolean {
    this.#log.push("runs");
    return true;
  }

  describe(): string {
    return "a job";
  }
}

describe("close", () => {
  it("abandons the job that can be, such as the first step of a task: it never runs", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.enqueue(new LoggedJob(log, true));
    loop.close();
    await microtasks();
    expect(log).toEqual(["abandoned"]);
  });

  it("leaves a job that cannot be to the host, once", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.enqueue(new LoggedJob(log, false));
    loop.close();
    loop.close();
    expect(log).toEqual([]);
    await microtasks();
    expect(log).toEqual(["runs"]);
  });

  it("resumes those who await a future that was done by then", async () => {
    const loop = virtualLoop();
    const reports = recordReports(loop);
    const future = loop.createFuture<string>();
    const waiting = (async () => await future)();
    await microtasks();
    future.setResult("result");
    loop.close();
    expect([await waiting, reports]).toEqual(["result", []]);
  });

  it("drops callbacks, of the loop as of its timers", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    loop.callSoon(() => log.push("callSoon"));
    loop.callLater(0, () => log.push("callLater"));
    loop.close();
    await microtasks();
    expect([log, loop.statistics()]).toEqual([[], { ready: 0, timers: 0 }]);
  });

  it("calls the callbacks of a future that was done by then or is done later", async () => {
    const loop = virtualLoop();
    const log: string[] = [];
    const [before, after] = [new Future({ scheduler: loop }), new Future({ scheduler: loop })];
    before.addDoneCallback(() => log.push("done before"));
    after.addDoneCallback(() => log.push("done after"));
    before.setResult(null);
    loop.close();
    after.setResult(null);
    await microtasks();
    expect(log).toEqual(["done before", "done after"]);
  });
});
