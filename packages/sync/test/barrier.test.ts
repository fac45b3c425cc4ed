import { UsageError } from "@async/futures";
import { type Task, createTask, gather, sleep } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { Barrier, BrokenBarrierError } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

/** Starts tasks that wait at the barrier, and lets them get there. */
async function arrive(barrier: Barrier, count: number): Promise<Task<number>[]> {
  const tasks = Array.from({ length: count }, () => createTask(() => barrier.wait()));
  await sleep(0);
  return tasks;
}

/** Resolves to how each has ended: with its index, or with the name of its error. */
function outcomes(tasks: readonly Task<number>[]): Promise<(number | string)[]> {
  return Promise.all(tasks.map((task) => task.catch((error: unknown) => (error as Error).name)));
}

describe("Barrier", () => {
  it("BARR-01 refuses a number of parties that is less than 1, broken or none", () => {
    for (const parties of [0, -1, 1.5, NaN, Infinity])
      expect(thrownBy(() => new Barrier(parties))).toBeInstanceOf(UsageError);
    expect(thrownBy(() => new Barrier("2" as never))).toBeInstanceOf(TypeError);
  });

  it("BARR-01 gives each of a round another index, in the order of arrival", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(3);
      const log: string[] = [];
      const runner = async (name: string, delay: number) => {
        await sleep(delay);
        log.push(`${name} is there`);
        const index = await barrier.wait();
        log.push(`${name} passes`);
        return index;
      };
      expect(await gather([() => runner("a", 2), () => runner("b", 1), () => runner("c", 3)])).toEqual([
        1, 0, 2,
      ]);
      expect(log.slice(0, 3)).toEqual(["b is there", "a is there", "c is there"]);
      expect(log.slice(3).sort()).toEqual(["a passes", "b passes", "c passes"]);
    }));

  it("BARR-01 lets one party pass at once, again and again", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(1);
      expect([await barrier.wait(), await barrier.wait()]).toEqual([0, 0]);
    }));

  it("BARR-01 serves round after round", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(2);
      const rounds: number[][] = [];
      for (let round = 0; round < 3; round += 1) {
        const indices = await gather([() => barrier.wait(), () => barrier.wait()]);
        rounds.push(indices.sort());
      }
      expect([rounds, barrier.nWaiting, barrier.broken]).toEqual([
        [
          [0, 1],
          [0, 1],
          [0, 1],
        ],
        0,
        false,
      ]);
    }));

  it("BARR-02 does not count a waiter that was cancelled, and stays usable", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(3);
      const tasks = await arrive(barrier, 2);
      tasks[0]?.cancel();
      await sleep(1);
      const waiting = barrier.nWaiting;
      tasks.push(...(await arrive(barrier, 2)));
      expect([waiting, await outcomes(tasks), barrier.broken]).toEqual([
        1,
        ["CancelledError", 1, 1, 2],
        false,
      ]);
    }));

  it("BARR-03 holds newcomers back until the last of the round before has left", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(2);
      const log: string[] = [];
      const runner = async (name: string) => {
        log.push(`${name}: ${await barrier.wait()}, while ${barrier.statistics().state}`);
      };
      await gather(["a", "b", "c", "d"].map((name) => () => runner(name)));
      expect(log).toEqual([
        "b: 1, while draining",
        "a: 0, while filling",
        "d: 1, while draining",
        "c: 0, while filling",
      ]);
    }));

  it("BARR-04 sends those away who wait when it is reset, and is not broken afterwards", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(3);
      const tasks = await arrive(barrier, 2);
      await barrier.reset();
      const shown = [barrier.broken, barrier.nWaiting];
      const sentAway = await outcomes(tasks);
      const nextRound = await arrive(barrier, 3);
      expect([shown, sentAway, await outcomes(nextRound)]).toEqual([
        [false, 0],
        ["BrokenBarrierError", "BrokenBarrierError"],
        [0, 1, 2],
      ]);
    }));

  it("BARR-04 does not disturb those whose round was full when it is reset", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(2);
      const tasks = [createTask(() => barrier.wait())];
      await sleep(0);
      tasks.push(
        createTask(async () => {
          const index = await barrier.wait();
          void createTask(() => barrier.reset());
          return index;
        }),
      );
      const ended = await outcomes(tasks);
      expect([ended.includes(1), barrier.broken]).toEqual([true, false]);
      expect(await outcomes(await arrive(barrier, 2))).toEqual([0, 1]);
    }));

  it("BARR-04 resetting an empty barrier changes nothing", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(2);
      await barrier.reset();
      expect([barrier.broken, barrier.nWaiting]).toEqual([false, 0]);
      expect(await outcomes(await arrive(barrier, 2))).toEqual([0, 1]);
    }));

  it("BARR-05 sends those away who wait and who come when it is aborted, until it is reset", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(3);
      const early = await arrive(barrier, 2);
      await barrier.abort();
      const late = await arrive(barrier, 1);
      const sentAway = [await outcomes(early), await outcomes(late), barrier.broken];
      await barrier.reset();
      const again = await outcomes(await arrive(barrier, 3));
      expect([sentAway, again, barrier.broken]).toEqual([
        [["BrokenBarrierError", "BrokenBarrierError"], ["BrokenBarrierError"], true],
        [0, 1, 2],
        false,
      ]);
    }));

  it("BARR-05 says whether it was aborted before or while we waited, or reset", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(2);
      const messages: string[] = [];
      const note = async (tasks: Task<number>[]) => {
        for (const task of tasks) messages.push((await errorOf(task)).message);
      };
      const waiting = await arrive(barrier, 1);
      await barrier.reset();
      await note(waiting);
      const aborted = await arrive(barrier, 1);
      await barrier.abort();
      await note(aborted);
      await note(await arrive(barrier, 1));
      expect(messages).toEqual([
        "The barrier was reset while we waited",
        "The barrier was aborted while we waited",
        "The barrier was aborted; nobody passes until it is reset",
      ]);
      expect(await errorOf(barrier.wait())).toBeInstanceOf(BrokenBarrierError);
    }));

  it("shows who waits, and says in its text how many", () =>
    onVirtualTime(async () => {
      const barrier = new Barrier(2);
      const first = createTask(() => barrier.wait(), { name: "first" });
      await sleep(4);
      expect(barrier.statistics()).toEqual({
        state: "filling",
        parties: 2,
        waiters: [{ task: "first", waitedFor: 4 }],
      });
      const texts = [String(barrier)];
      await barrier.abort();
      await errorOf(first);
      expect([...texts, String(barrier)]).toEqual(["<Barrier filling waiters=1/2>", "<Barrier broken>"]);
    }));
});
