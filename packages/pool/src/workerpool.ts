/**
 * The one place that knows workerpool. It starts workers, passes them their options, and tells of their death; our worker script does the rest.
 *
 *     startWorker ──► a workerpool of one worker ── exec("serve", [lease]) ──► our script, until it ends
 *
 * Each worker has a workerpool to itself: how many there are, what they do and when they go is decided above. The call `serve` is never answered, so
 * workerpool takes its worker for busy and leaves it alone.
 *
 * workerpool keeps the thread or process behind private fields. They are read here, since without them a worker cannot be unref'd, and ending one
 * takes two timeouts; `test/workerpool.test.ts` holds them to what we expect.
 */
import type { ChildProcess } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Transferable, Worker } from "node:worker_threads";

import { type WorkerPoolOptions, pool } from "workerpool";

import type { Lease } from "./worker-side/lease.ts";

interface Raw {
  readonly thread: Worker;
  readonly process: ChildProcess;
}

/** Beside this file as a source, and beside it when built. workerpool takes a path. */
const SCRIPT = fileURLToPath(new URL(`./worker-script${extname(import.meta.url)}`, import.meta.url));

/** Milliseconds that workerpool waits before it ends a worker by force. Its default would hold on to a dead one for a second. */
const TERMINATE_TIMEOUT = 20;

/** Starts a worker and hands it the lease. Messages that are not workerpool's own are left to the caller. */
export function startWorker<K extends keyof Raw>(
  workerType: K,
  options: Pick<WorkerPoolOptions, "workerThreadOpts" | "forkOpts">,
  lease: Lease,
  transfer: Transferable[],
): Raw[K] {
  const owner = pool(SCRIPT, {
    ...options,
    workerType,
    maxWorkers: 1,
    workerTerminateTimeout: TERMINATE_TIMEOUT,
  });
  owner.exec("serve", [lease], { transfer }).catch(() => undefined); // Its death is heard from the worker itself.
  const worker = rawWorkerOf(owner) as Raw[K];
  // workerpool is to hear "ready" and send the lease, and nothing else: it would stumble over a null that user code posts, and what comes before
  // (Node's own messages under --watch, those of a preloaded module) is nobody's.
  const [hear] = worker.listeners("message") as ((message: unknown) => void)[];
  worker.removeAllListeners("message");
  const wait = (message: unknown): void => {
    if (message !== "ready") return;
    worker.off("message", wait);
    hear!(message);
    worker.emit(LEASED);
  };
  worker.on("message", wait);
  return worker;
}

/** Emitted by a worker once it has its lease: from now on its messages are for the caller. */
export const LEASED = "leased";

function rawWorkerOf(owner: unknown): Worker | ChildProcess {
  const [handler] = (owner as { readonly workers: readonly { readonly worker: Worker | ChildProcess }[] })
    .workers;
  return handler!.worker;
}
