/** The private fields of workerpool that we read are held here to what we expect of them. */
import { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";

import { workerWatch } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { POOLS, work } from "./pools.ts";
import { CallSlots } from "../src/wire/index.ts";
import type { Lease } from "../src/worker-side/lease.ts";
import { LEASED, startWorker } from "../src/workerpool.ts";

const lease: Lease = {
  initializer: null,
  memory: null,
  name: "worker-under-test",
  parentPid: process.pid,
  port: null,
  recorder: null,
};

/** Says something before the worker's own script does, as Node itself does under `--watch`. */
const talkative = (what: string): string =>
  `data:text/javascript,import { parentPort } from "node:worker_threads"; ` +
  `if (parentPort === null) process.send(${what}); else parentPort.postMessage(${what});`;

describe.each(POOLS)("a worker of $kind", { tags: ["slow"] }, ({ Pool }) => {
  it.each(["null", '"news"', '{ "watch:import": [] }', "{ id: 1, result: 2 }"])(
    "that sends %s before it is ready gets its lease all the same",
    async (what) => {
      await using pool = new Pool({ maxWorkers: 1, execArgv: ["--import", talkative(what)] });
      expect(await pool.submit(work.identity, 1)).toBe(1);
    },
  );
});

describe("startWorker of workerpool's", { tags: ["slow"] }, () => {
  it("gives the very thread, which takes its lease and serves", async () => {
    using watch = workerWatch();
    const { port1, port2 } = new MessageChannel();
    const memory = new CallSlots().memory as SharedArrayBuffer;
    const worker = startWorker("thread", {}, { ...lease, memory, port: port2 }, [port2]);
    expect(worker).toBeInstanceOf(Worker);
    await Promise.all([once(worker, LEASED), once(port1, "message")]);
    expect(watch.started).toBe(1);
    await worker.terminate();
    port1.close();
  });

  it("gives the very process, which takes its lease and serves", async () => {
    using watch = workerWatch();
    const worker = startWorker("process", { forkOpts: { serialization: "advanced" } }, lease, []);
    expect(worker).toBeInstanceOf(ChildProcess);
    await once(worker, LEASED);
    await once(worker, "message");
    expect(watch.started).toBe(1);
    worker.kill("SIGKILL");
    await once(worker, "exit");
  });

  it("leaves the death of a worker to its own event: workerpool neither restarts it nor lets an error out", async () => {
    using watch = workerWatch();
    const worker = startWorker("process", { forkOpts: { serialization: "advanced" } }, lease, []);
    await once(worker, LEASED);
    worker.kill("SIGKILL");
    const [exitCode, signal] = (await once(worker, "exit")) as [number | null, string | null];
    expect([exitCode, signal, watch.started]).toEqual([null, "SIGKILL", 1]);
  });
});
