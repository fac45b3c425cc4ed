/**
 * The script of every worker, thread or process: waits for its lease, runs the initializer, and serves calls until it is told to stop.
 *
 *     thread:   private MessagePort ──► Runner ──► ThreadOutbox  ──► the same port, and shared slots
 *     process:  the channel         ──► Runner ──► ProcessOutbox ──► the channel
 *
 * What a worker's own timers and promises throw belongs to no call: it is reported, and the worker lives on.
 */
import process from "node:process";
import { type MessagePort, parentPort, receiveMessageOnPort } from "node:worker_threads";

import { hostNow } from "./host.ts";
import { type Channel, processChannel, threadChannel } from "./worker-side/channel.ts";
import { loadFunction } from "./worker-side/function-table.ts";
import { type Lease, leaseIn } from "./worker-side/lease.ts";
import { startOrphanGuard } from "./worker-side/orphan-guard.ts";
import { ProcessOutbox, ThreadOutbox } from "./worker-side/outbox.ts";
import { Runner } from "./worker-side/runner.ts";
import { markAsWorker } from "./worker-side/worker-mark.ts";
import {
  CALL,
  CALLS,
  CHUNK,
  CallSlots,
  FlightRecorder,
  READY,
  STRAY,
  type ToWorker,
  UNUSABLE,
  encodeThrow,
  unpack,
} from "./wire/index.ts";

/** Milliseconds that a thread listens for the next call; so long its own timers and sockets may have to wait. */
const LISTEN = 2;
/** Milliseconds after which they get a turn in any case. */
const STAY = 5;

function exit(): void {
  process.exit(0);
}

/**
 * After a call, listens for the next one. Who has just got a result often sends the next call at once, and being woken by the bell takes half
 * as long as by the event loop.
 */
function listen(port: MessagePort, slots: CallSlots, runner: Runner): void {
  for (const end = hostNow() + STAY; !runner.isRunning && hostNow() < end;) {
    const { rings } = slots;
    let next: { readonly message: unknown } | undefined;
    try {
      next = receiveMessageOnPort(port);
    } catch {
      runner.receiveUnreadable();
      continue;
    }
    if (next !== undefined) runner.receive(next.message as ToWorker);
    else if (!slots.listen(rings, LISTEN)) return;
  }
}

function serveThread(port: MessagePort, memory: SharedArrayBuffer): Channel {
  const slots = new CallSlots(memory);
  const channel = threadChannel(port);
  const runner = new Runner(slots, new ThreadOutbox(channel, slots), channel, exit);
  port.on("message", (message: ToWorker) => {
    runner.receive(message);
    listen(port, slots, runner);
  });
  port.on("messageerror", () => {
    runner.receiveUnreadable();
  });
  return channel;
}

function serveProcess(recorder: string | null): Channel {
  // Not shared with anybody, so opened here.
  const slots = new CallSlots();
  const channel = processChannel();
  const outbox = new ProcessOutbox(channel, recorder === null ? null : FlightRecorder.open(recorder));
  const runner = new Runner(slots, outbox, channel, exit);
  process.on("message", (message: unknown) => {
    if (!Array.isArray(message)) return;
    const received = message as unknown as ToWorker;
    const [tag, seq] = received;
    if (tag === CALLS) for (let i = 0; i < received[3]; i++) slots.open(seq + i);
    else if (tag === CALL || tag === CHUNK) slots.open(seq);
    runner.receive(received);
  });
  process.on("disconnect", exit);
  // Ctrl+C reaches every process of a terminal's program. What becomes of the work then is for the program to say.
  process.on("SIGINT", () => undefined);
  // process.exit in a call: what is done is sent before.
  process.on("exit", () => {
    outbox.flush();
  });
  return channel;
}

async function serve({ initializer, memory, name, parentPid, port, recorder }: Lease): Promise<void> {
  markAsWorker();
  if (port === null) process.title = name;
  const channel = port === null || memory === null ? serveProcess(recorder) : serveThread(port, memory);
  process.on("uncaughtException", (error: unknown) => {
    channel.post([STRAY, encodeThrow(error, channel.packing)]);
  });
  if (initializer !== null) {
    try {
      const fn = await loadFunction(initializer.address);
      await fn(...unpack(initializer.args));
    } catch (error) {
      channel.post([UNUSABLE, encodeThrow(error, channel.packing)]);
      return;
    }
  }
  channel.post([READY]);
  // Before the first call, but not in the way of its coming.
  if (port === null) startOrphanGuard(parentPid);
}

if (parentPort === null) {
  const waitForLease = (message: unknown): void => {
    const lease = leaseIn(message);
    if (lease === null) return;
    process.off("message", waitForLease);
    void serve(lease);
  };
  process.on("message", waitForLease);
  process.send?.("ready");
} else {
  parentPort.once("message", (message: unknown) => {
    const lease = leaseIn(message);
    if (lease !== null) void serve(lease);
  });
  parentPort.postMessage("ready");
}
