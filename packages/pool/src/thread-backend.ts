/**
 * Worker threads as workers: messages over a private port, slots in shared memory.
 *
 *     executor ── post ──► port ═══ MessageChannel ═══ port ──► worker script
 *         └────────────── CallSlots in a SharedArrayBuffer ──────────┘
 *
 * The port is private, so that whatever user code posts to its parent cannot be taken for a result.
 */
import { MessageChannel, type Transferable, type Worker, receiveMessageOnPort } from "node:worker_threads";

import type { Backend, WorkerEvents, WorkerLink, WorkerSetup } from "./backend.ts";
import { threadFlags } from "./exec-argv.ts";
import type { WorkerOptions } from "./options.ts";
import { CallSlots, type Packed, THREAD_PACKING, type ToWorker, isFromWorker, unpack } from "./wire/index.ts";
import { startWorker } from "./workerpool.ts";

export class ThreadBackend implements Backend {
  readonly kind = "thread";
  readonly #options: WorkerOptions;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  snapshot(args: readonly unknown[]): readonly unknown[] {
    return structuredClone(args);
  }

  start({ name, initializer }: WorkerSetup, events: WorkerEvents): WorkerLink {
    const { env, execArgv = threadFlags(), resourceLimits } = this.#options;
    const workerThreadOpts: Record<string, unknown> = { name };
    if (env !== undefined) workerThreadOpts["env"] = env;
    if (execArgv !== undefined) workerThreadOpts["execArgv"] = [...execArgv];
    if (resourceLimits !== undefined) workerThreadOpts["resourceLimits"] = resourceLimits;
    const slots = new CallSlots();
    const lent = initializer && { ...initializer, args: packInitargs(initializer.args) };
    const { port1: port, port2 } = new MessageChannel();
    const memory = slots.memory as SharedArrayBuffer;
    const lease = { name, initializer: lent, memory, port: port2, recorder: null, parentPid: process.pid };
    const worker = startWorker("thread", { workerThreadOpts }, lease, [port2]);
    return new ThreadLink(worker, port, slots, events);
  }
}

/** A worker whose stack is too small for them says so. Of a lease that it cannot read, it would not even hear. */
function packInitargs(args: Packed): Packed {
  return THREAD_PACKING.packReadable(unpack(args));
}

type Port = MessageChannel["port1"];

function receiveAll(port: Port, hear: (message: unknown) => void, unreadable: () => void): void {
  for (;;) {
    let next: { readonly message: unknown } | undefined;
    try {
      next = receiveMessageOnPort(port);
    } catch {
      unreadable();
      continue;
    }
    if (next === undefined) return;
    hear(next.message);
  }
}

class ThreadLink implements WorkerLink {
  readonly id: number;
  readonly packing = THREAD_PACKING;
  readonly slots: CallSlots;
  readonly #worker: Worker;
  readonly #port: Port;

  constructor(worker: Worker, port: Port, slots: CallSlots, events: WorkerEvents) {
    this.id = worker.threadId;
    this.slots = slots;
    this.#worker = worker;
    this.#port = port;
    const hear = (message: unknown): void => {
      if (isFromWorker(message)) events.message(message);
    };
    port.on("message", hear);
    port.on("messageerror", () => {
      events.unreadable();
    });
    let cause: unknown = undefined;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.once("exit", (exitCode: number) => {
      // What it had sent before it died.
      receiveAll(port, hear, () => {
        events.unreadable();
      });
      port.close();
      events.died({ exitCode, signal: null, cause });
    });
  }

  post(message: ToWorker, transfer: readonly Transferable[]): void {
    if (transfer.length === 0) this.#port.postMessage(message);
    else this.#port.postMessage(message, [...transfer]);
    this.slots.ring();
  }

  look(): void {
    // All that there is to see stands in the slots.
  }

  ref(): void {
    this.#worker.ref();
    this.#port.ref();
  }

  unref(): void {
    this.#worker.unref();
    this.#port.unref();
  }

  kill(): void {
    void this.#worker.terminate();
  }
}
