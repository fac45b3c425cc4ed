import { Future } from "@async/futures";
import { getRunningLoop } from "@async/loop";
import { errorOf, serve } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { createTask, run, sleep, timeout } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("timeouts side by side in one task", () => {
  it("each touches only its own body", () =>
    onVirtualTime(async (main) => {
      const loop = getRunningLoop();
      const log: unknown[] = [];
      const body = (name: string, delay: number) => async () => {
        try {
          await sleep(delay);
          log.push(`${name} done at ${loop.time()}`);
        } catch (error) {
          log.push(`${name} ${(error as Error).name} at ${loop.time()}`);
          throw error;
        }
      };
      const outcomes = await Promise.allSettled([
        timeout(10, body("short", 100)),
        timeout(1000, body("long", 100)),
        body("free", 50)(),
      ]);
      log.push(outcomes.map(({ status }) => status).join(), main.cancelling());
      expect(log).toEqual([
        "short CancelledError at 10",
        "free done at 50",
        "long done at 100",
        "rejected,fulfilled,fulfilled",
        0,
      ]);
    }));

  it("awaits of one future: the expiry of one takes the future from the other, as it is cancelled", () =>
    onVirtualTime(async () => {
      const shared = new Future();
      const outcomes = await Promise.allSettled([
        timeout(10, async () => await shared),
        timeout(1000, async () => await shared),
      ]);
      expect(
        outcomes.map((outcome) => outcome.status === "rejected" && (outcome.reason as Error).name),
      ).toEqual(["TimeoutError", "CancelledError"]);
    }));

  it("cancelling the task reaches all of them", () =>
    onVirtualTime(async () => {
      const log: string[] = [];
      const body = (name: string) => () => sleep(100).finally(() => log.push(name));
      const task = createTask(() =>
        Promise.all([timeout(1000, body("a")), timeout(null, body("b")), body("c")()]),
      );
      await sleep(1);
      task.cancel();
      await errorOf(task);
      expect([log.toSorted(), task.cancelled()]).toEqual([["a", "b", "c"], true]);
    }));

  it("in the request handlers of a server that the task made: each touches only its own request", async () => {
    const answers = await run(async (main) => {
      const gate = new Future();
      await using server = await serve((request, response) => {
        const answer = (text: string) => {
          response.end(text);
        };
        const body = async () => {
          await gate;
          return "in time";
        };
        const limit = request.url === "/hurried" ? 1 : null;
        void timeout(limit, () => (limit === null ? body() : sleep(60_000, "never"))).then(
          answer,
          (error: unknown) => {
            answer((error as Error).name);
          },
        );
      });
      const request = async (path: string) => (await fetch(server.url + path)).text();
      const patient = [request("/patient"), request("/patient")];
      const hurried = await request("/hurried");
      gate.setResult(null);
      const rest = await Promise.all(patient);
      return [hurried, ...rest, main.cancelling()];
    });
    expect(answers).toEqual(["TimeoutError", "in time", "in time", 0]);
  });
});
