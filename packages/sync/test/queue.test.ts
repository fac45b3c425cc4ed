import { Future, TimeoutError, UsageError } from "@async/futures";
import { TaskGroup, createTask, gather, sleep, waitFor } from "@async/task";
import { errorOf, thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull, QueueShutDown } from "../src/index.ts";
import { onVirtualTime } from "./on-virtual-time.ts";

describe("Queue", () => {
  it("QUEU-01 gives items in the order in which they were put in", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>();
      for (const item of [1, 3, 2]) await queue.put(item);
      expect([await queue.get(), await queue.get(), await queue.get()]).toEqual([1, 3, 2]);
    }));

  it("QUEU-02 makes put wait while it is full", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(2);
      const log: string[] = [];
      const putter = createTask(async () => {
        for (const item of [0, 1, 2]) {
          await queue.put(item);
          log.push(`put ${item}`);
        }
      });
      await sleep(5);
      log.push(`got ${await queue.get()}`);
      await putter;
      expect(log).toEqual(["put 0", "put 1", "got 0", "put 2"]);
      expect([await queue.get(), await queue.get(), queue.full()]).toEqual([1, 2, false]);
    }));

  it("QUEU-02 takes any number of items with a maxsize of 0 or less", async () => {
    for (const maxsize of [0, -1, Infinity]) {
      const queue = new Queue<number>(maxsize);
      for (let item = 0; item < 100; item += 1) await queue.put(item);
      expect([queue.size(), queue.full()]).toEqual([100, false]);
    }
  });

  it("QUEU-02 takes two items with a maxsize of 1.3", () => {
    const queue = new Queue<number>(1.3);
    queue.putNowait(1);
    queue.putNowait(2);
    expect(queue.full()).toBe(true);
    expect(thrownBy(() => queue.putNowait(3))).toBeInstanceOf(QueueFull);
  });

  it("QUEU-03 throws at once from getNowait when it is empty and from putNowait when it is full", () => {
    const queue = new Queue<number>(1);
    expect(thrownBy(() => queue.getNowait())).toBeInstanceOf(QueueEmpty);
    queue.putNowait(1);
    expect(thrownBy(() => queue.putNowait(2))).toBeInstanceOf(QueueFull);
    expect([queue.getNowait(), queue.empty()]).toEqual([1, true]);
  });

  it("makes get wait while it is empty, and serves those who wait in the order in which they came", () =>
    onVirtualTime(async () => {
      const queue = new Queue<string>();
      const getters = [createTask(() => queue.get()), createTask(() => queue.get())];
      await sleep(1);
      for (const item of ["first", "second"]) queue.putNowait(item);
      expect(await gather(getters)).toEqual(["first", "second"]);
    }));

  it("hands items over one by one when it holds only one, and nobody waits for ever", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(1);
      const got: number[] = [];
      await TaskGroup.run(async (group) => {
        void group.createTask(async () => {
          for (let item = 0; item < 5; item += 1) await queue.put(item);
        });
        void group.createTask(async () => {
          while (got.length < 5) got.push(await queue.get());
        });
      });
      expect(got).toEqual([0, 1, 2, 3, 4]);
    }));

  it("lets the putters go on that a batch of getNowait made room for", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(2);
      const putters = [0, 1, 2, 3].map((item) => createTask(() => queue.put(item)));
      await sleep(0);
      while (!queue.empty()) queue.getNowait();
      await gather(putters);
      expect(queue.size()).toBe(2);
    }));

  it("QUEU-05 loses no item when the getter that was woken is cancelled", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>();
      const getter = createTask(() => queue.get());
      await sleep(0);
      queue.putNowait(1);
      queue.putNowait(2);
      getter.cancel();
      await errorOf(getter);
      expect([await queue.get(), queue.size()]).toEqual([1, 1]);
    }));

  it("QUEU-05 passes the wake-up of a cancelled getter on, so that two items reach two getters", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>();
      const [first, second, third] = [0, 1, 2].map(() => createTask(() => queue.get()));
      await sleep(0);
      queue.putNowait(1);
      queue.putNowait(2);
      first?.cancel();
      expect([await second, await third, first?.cancelled()]).toEqual([1, 2, true]);
    }));

  it("QUEU-05 passes the wake-up of a cancelled putter on", () =>
    onVirtualTime(async () => {
      const queue = new Queue<string>(1);
      queue.putNowait("a");
      const [first, second] = ["b", "c"].map((item) => createTask(() => queue.put(item)));
      await sleep(0);
      queue.getNowait();
      first?.cancel();
      await second;
      expect([first?.cancelled(), queue.getNowait(), queue.size()]).toEqual([true, "c", 0]);
    }));

  it("QUEU-07 keeps no getter or putter whose wait was cancelled", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(1);
      expect(await errorOf(waitFor(() => queue.get(), 100))).toBeInstanceOf(TimeoutError);
      queue.putNowait(1);
      const putter = createTask(() => queue.put(2));
      await sleep(0);
      putter.cancel();
      await errorOf(putter);
      const { getters, putters, size } = queue.statistics();
      expect([getters, putters, size]).toEqual([[], [], 1]);
    }));

  it("QUEU-08 throws nothing but CancelledError at a putter that is cancelled after it was woken", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(1);
      queue.putNowait(1);
      const putter = createTask(() => queue.put(2));
      await sleep(0);
      queue.getNowait();
      putter.cancel();
      expect([(await errorOf(putter)).name, queue.size()]).toEqual(["CancelledError", 0]);
    }));

  it("gives an item that is a future as it is from getNowait and for await; get awaits it", () =>
    onVirtualTime(async () => {
      const future = new Future<string>();
      const queue = new Queue<Future<string>>();
      for (let copy = 0; copy < 3; copy += 1) queue.putNowait(future);
      const same = [queue.getNowait() === future];
      for await (const item of queue) {
        same.push(item === future);
        break;
      }
      future.setResult("awaited");
      expect([same, await queue.get()]).toEqual([[true, true], "awaited"]);
    }));

  it("refuses a maxsize that is no number, and a comparator, which is for PriorityQueue", () => {
    expect(thrownBy(() => new Queue(NaN))).toBeInstanceOf(UsageError);
    expect(thrownBy(() => new Queue("3" as never))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => new Queue(0, (() => 0) as never))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => new Queue(0, null as never))).toBeInstanceOf(TypeError);
  });

  it("refuses a bare boolean at shutdown, and is not shut down", () => {
    const queue = new Queue();
    expect(thrownBy(() => queue.shutdown(true as never))).toBeInstanceOf(TypeError);
    expect(queue.statistics().isShutDown).toBe(false);
  });

  it("shows who waits for items, for room and for the end, and says in its text how many", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(1);
      void createTask(() => queue.get(), { name: "getter" });
      await sleep(2);
      expect(queue.statistics().getters).toEqual([{ task: "getter", waitedFor: 2 }]);
      expect(String(queue)).toBe("<Queue size=0 maxsize=1 getters=1>");
      queue.putNowait(1);
      await sleep(0);
      queue.putNowait(2);
      void createTask(() => queue.put(3), { name: "putter" });
      void createTask(() => queue.join(), { name: "joiner" });
      await sleep(4);
      expect(queue.statistics()).toEqual({
        size: 1,
        maxsize: 1,
        unfinished: 2,
        isShutDown: false,
        getters: [],
        putters: [{ task: "putter", waitedFor: 4 }],
        joiners: [{ task: "joiner", waitedFor: 4 }],
      });
      expect(String(queue)).toBe("<Queue size=1 maxsize=1 putters=1 unfinished=2>");
    }));
});

describe.each([Queue, LifoQueue, PriorityQueue])("%o", (QueueClass: new () => Queue<number>) => {
  it("QUEU-09 refuses taskDone once too often", () => {
    const queue = new QueueClass();
    queue.putNowait(1);
    queue.taskDone();
    expect(thrownBy(() => queue.taskDone())).toBeInstanceOf(UsageError);
  });

  it("QUEU-09 makes join wait until all is done, and wait again for the next items", () =>
    onVirtualTime(async () => {
      const queue = new QueueClass();
      const log: string[] = [];
      const worker = createTask(async () => {
        for await (const item of queue) {
          await sleep(1);
          log.push(`done ${item}`);
          queue.taskDone();
        }
      });
      for (let round = 1; round <= 2; round += 1) {
        queue.putNowait(round);
        queue.putNowait(round);
        await queue.join();
        log.push("joined");
      }
      queue.shutdown();
      await worker;
      expect(log).toEqual(["done 1", "done 1", "joined", "done 2", "done 2", "joined"]);
    }));

  it("QUEU-09 joins an empty queue at once, repeatedly", async () => {
    const queue = new QueueClass();
    await queue.join();
    await queue.join();
    expect(queue.statistics().unfinished).toBe(0);
  });

  it("QUEU-10 shut down while empty, sends getters away and refuses all; join returns", () =>
    onVirtualTime(async () => {
      const queue = new QueueClass();
      const getter = createTask(() => queue.get());
      const looper = createTask(async () => {
        for await (const item of queue) throw new Error(`there is an item: ${item}`);
      });
      await sleep(0);
      queue.shutdown();
      expect(await errorOf(getter)).toBeInstanceOf(QueueShutDown);
      await looper;
      expect(await errorOf(queue.get())).toBeInstanceOf(QueueShutDown);
      expect(await errorOf(queue.put(1))).toBeInstanceOf(QueueShutDown);
      expect(thrownBy(() => queue.getNowait())).toBeInstanceOf(QueueShutDown);
      expect(thrownBy(() => queue.putNowait(1))).toBeInstanceOf(QueueShutDown);
      await queue.join();
    }));

  it("QUEU-11 shut down with items, gives them out before it refuses, and join waits for what was taken", () =>
    onVirtualTime(async () => {
      const queue = new QueueClass();
      for (const item of [1, 1]) queue.putNowait(item);
      queue.shutdown();
      const joiner = createTask(() => queue.join());
      expect(thrownBy(() => queue.putNowait(1))).toBeInstanceOf(QueueShutDown);
      expect([await queue.get(), queue.getNowait()]).toEqual([1, 1]);
      expect(await errorOf(queue.get())).toBeInstanceOf(QueueShutDown);
      queue.taskDone();
      await sleep(0);
      const early = joiner.done();
      queue.taskDone();
      await joiner;
      expect(early).toBe(false);
    }));

  it("QUEU-11 shut down at once, drops the items and counts them as done", () =>
    onVirtualTime(async () => {
      const queue = new QueueClass();
      for (const item of [1, 2, 3]) queue.putNowait(item);
      const taken = await queue.get();
      const joiner = createTask(() => queue.join());
      await sleep(0);
      queue.shutdown({ immediate: true });
      await sleep(0);
      const early = joiner.done();
      expect([typeof taken, queue.size(), queue.statistics().unfinished, early]).toEqual([
        "number",
        0,
        1,
        false,
      ]);
      queue.taskDone();
      await joiner;
      expect(thrownBy(() => queue.getNowait())).toBeInstanceOf(QueueShutDown);
    }));
});

describe("a queue that is full", () => {
  it("QUEU-11 sends putters away when it is shut down", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(1);
      queue.putNowait(1);
      const putter = createTask(() => queue.put(2));
      await sleep(0);
      queue.shutdown();
      expect(await errorOf(putter)).toBeInstanceOf(QueueShutDown);
      expect([queue.getNowait(), String(queue)]).toEqual([
        1,
        "<Queue size=0 maxsize=1 unfinished=1 shut down>",
      ]);
    }));
});

it("QUEU-11 shut down at once, counts no item as done that was counted before", async () => {
  const queue = new Queue<number>();
  for (const item of [1, 2]) queue.putNowait(item);
  queue.taskDone();
  queue.shutdown({ immediate: true });
  await queue.join();
  expect(queue.statistics().unfinished).toBe(0);
});

describe("for await of a queue", () => {
  it("ends when the queue is shut down and empty; each item goes to one of those who iterate", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>(2);
      const got: number[][] = [[], []];
      const consumers = got.map((mine) =>
        createTask(async () => {
          for await (const item of queue) mine.push(item);
        }),
      );
      for (let item = 0; item < 10; item += 1) await queue.put(item);
      queue.shutdown();
      await gather(consumers);
      expect(got.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }));

  it("leaves the queue as it is when the loop is left", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>();
      for (const item of [1, 2]) queue.putNowait(item);
      for await (const item of queue) if (item === 1) break;
      await queue.put(3);
      expect([queue.getNowait(), queue.getNowait()]).toEqual([2, 3]);
    }));

  it("passes a cancellation on", () =>
    onVirtualTime(async () => {
      const queue = new Queue<number>();
      const consumer = createTask(async () => {
        for await (const item of queue) expect(item).toBe("nothing comes");
      });
      await sleep(0);
      consumer.cancel();
      await errorOf(consumer);
      expect([consumer.cancelled(), queue.statistics().getters]).toEqual([true, []]);
    }));
});
