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

import { afterDelay, hostNow } from "./host.ts";
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

function stop(): void {
  process.exit(0);
}

/** The last line of defence: a worker that cannot tell what became of its calls ends, so that they fail with it. */
function crash(channel: Channel, error: unknown): void {
  try {
    channel.post([STRAY, encodeThrow(error, channel.packing)]);
  } finally {
    process.exit(1);
  }
}

/** How often a worker that hears nothing more looks whether it has ended its last call, in milliseconds. */
const DEAF_LOOK = 5;

/**
 * Ends the process after its last call if user code takes away the listener of its messages, as `process.removeAllListeners()` does: it would
 * wait for ever, and so would the calls that it is sent.
 */
function endIfDeaf(listener: unknown, runner: Runner): void {
  const endWhenIdle = (): void => {
    if (runner.isRunning) afterDelay(DEAF_LOOK, endWhenIdle);
    else process.exit(1);
  };
  process.on("removeListener", (_event, removed) => {
    if (removed === listener) endWhenIdle();
  });
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
  const runner = new Runner(slots, new ThreadOutbox(channel, slots), channel, {
    stop,
    crash: (error) => {
      crash(channel, error);
    },
  });
  port.on("message", (message: ToWorker) => {
    runner.receive(message);
    listen(port, slots, runner);
  });
  process.on("exit", () => {
    slots.markLeaving();
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
  const runner = new Runner(slots, outbox, channel, {
    stop,
    crash: (error) => {
      crash(channel, error);
    },
  });
  const hear = (message: unknown): void => {
    if (!Array.isArray(message)) return;
    const received = message as unknown as ToWorker;
    const [tag, seq] = received;
    if (tag === CALLS) for (let i = 0; i < received[3]; i++) slots.open(seq + i);
    else if (tag === CALL || tag === CHUNK) slots.open(seq);
    runner.receive(received);
  };
  process.on("message", hear);
  endIfDeaf(hear, runner);
  process.on("disconnect", stop);
  // Ctrl+C reaches every process of a terminal's program. What becomes of the work then is for the program to say.
  process.on("SIGINT", () => undefined);
  // process.exit in a call: what is done is sent before.
  process.on("exit", () => {
    outbox.flush();
  });
  return channel;
}

async function initialize(initializer: Lease["initializer"]): Promise<{ readonly thrown: unknown } | null> {
  if (initializer === null) return null;
  try {
    const fn = await loadFunction(initializer.address);
    await fn(...unpack(initializer.args));
    return null;
  } catch (error) {
    return { thrown: error };
  }
}

async function serve({ initializer, memory, name, parentPid, port, recorder }: Lease): Promise<void> {
  markAsWorker();
  if (port === null) process.title = name;
  const channel = port === null || memory === null ? serveProcess(recorder) : serveThread(port, memory);
  process.on("uncaughtException", (error: unknown) => {
    channel.post([STRAY, encodeThrow(error, channel.packing)]);
  });
  try {
    const failure = await initialize(initializer);
    channel.post(failure === null ? [READY] : [UNUSABLE, encodeThrow(failure.thrown, channel.packing)]);
    if (failure !== null) return;
  } catch (error) {
    crash(channel, error);
  }
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
