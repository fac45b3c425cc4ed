/**
 * Child processes as workers: messages over the channel of `fork`, in the serialization that knows Map, Date, BigInt and typed arrays.
 *
 * No memory is shared. So a call is taken back by asking for it, and which call ran when a process died stands in its flight recorder.
 */
import type { ChildProcess } from "node:child_process";
import process from "node:process";

import type { Backend, WorkerEvents, WorkerLink, WorkerSetup } from "./backend.ts";
import { inheritedFlags } from "./exec-argv.ts";
import { killAtExit } from "./exit-hook.ts";
import { type HostTimer, afterDelay, clearTimeout } from "./host.ts";
import type { WorkerOptions } from "./options.ts";
import {
  FlightRecorder,
  PROCESS_PACKING,
  RESULTS,
  STARTED,
  type ToWorker,
  asCloneError,
  isFromWorker,
  serializeForProcess,
} from "./wire/index.ts";
import { LEASED, startWorker } from "./workerpool.ts";

/** Milliseconds after the exit in which the last messages are read, should the channel not close. */
const LAST_WORDS = 100;

export class ProcessBackend implements Backend {
  readonly kind = "process";
  readonly #options: WorkerOptions;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  snapshot(args: readonly unknown[]): Uint8Array {
    return serializeForProcess(args);
  }

  start({ name, initializer }: WorkerSetup, events: WorkerEvents): WorkerLink {
    const { env, execArgv = inheritedFlags(), resourceLimits } = this.#options;
    const limits = [
      flag("--max-old-space-size", resourceLimits?.maxOldGenerationSizeMb),
      flag("--max-semi-space-size", resourceLimits?.maxYoungGenerationSizeMb),
      flag("--stack-size", resourceLimits?.stackSizeMb && Math.floor(resourceLimits.stackSizeMb * 1000)),
    ].flat();
    const forkOpts: Record<string, unknown> = {
      serialization: "advanced",
      execArgv: [...execArgv, ...limits],
    };
    if (env !== undefined) forkOpts["env"] = env;
    const recorder = FlightRecorder.create();
    const lease = {
      name,
      initializer,
      memory: null,
      port: null,
      recorder: recorder?.path ?? null,
      parentPid: process.pid,
    };
    let child: ChildProcess;
    try {
      child = startWorker("process", { forkOpts }, lease, []);
    } catch (error) {
      recorder?.forgetName();
      recorder?.close();
      throw error; // What the host says to options that it does not take.
    }
    return new ProcessLink(child, recorder, events);
  }
}

class ProcessLink implements WorkerLink {
  readonly id: number;
  readonly packing = PROCESS_PACKING;
  readonly slots = null;
  readonly #child: ChildProcess;
  readonly #events: WorkerEvents;
  #recorder: FlightRecorder | null;
  #isLeased = false;

  constructor(child: ChildProcess, recorder: FlightRecorder | null, events: WorkerEvents) {
    this.id = child.pid ?? 0;
    this.#child = child;
    this.#events = events;
    this.#recorder = recorder;
    const forget = killAtExit(() => {
      child.kill("SIGKILL");
      recorder?.forgetName();
    });
    let ended: { exitCode: number | null; signal: string | null } | null = null;
    let cause: unknown = undefined;
    let timer: HostTimer | undefined;
    let isReported = false;
    const report = (): void => {
      if (isReported || ended === null) return;
      isReported = true;
      clearTimeout(timer);
      forget();
      this.look();
      this.#recorder?.forgetName();
      this.#recorder?.close();
      this.#recorder = null;
      events.died({ ...ended, cause });
    };
    child.on(LEASED, () => {
      this.#isLeased = true;
      child.on("message", (message) => {
        if (isFromWorker(message)) events.message(message);
      });
    });
    child.on("error", (error) => {
      if (child.pid !== undefined) return; // It could not be sent something; its end is told by `exit`.
      cause = error;
      ended = { exitCode: null, signal: null };
      report();
    });
    child.once("exit", (exitCode, signal) => {
      ended = { exitCode, signal };
      if (child.connected) timer = afterDelay(LAST_WORDS, report);
      else report();
    });
    child.once("disconnect", () => {
      if (ended === null) child.kill("SIGKILL"); // A worker without channel is of no use.
      report();
    });
  }

  post(message: ToWorker): void {
    if (!this.#child.connected) return; // It is dying: what it was given goes to another one.
    try {
      this.#child.send(message);
    } catch (error) {
      throw asCloneError(error);
    }
  }

  /** What is known already is dropped by whoever hears it. */
  look(): void {
    for (const entry of this.#recorder?.read() ?? []) {
      if (entry.state === "running") this.#events.message([STARTED, entry.seq]);
      else this.#events.message([RESULTS, entry.seq, [entry.value], entry.seq + 1, null, true]);
    }
  }

  ref(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }

  unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  kill(politely: boolean): void {
    // Should it say "ready" now, workerpool would answer a process that is no more.
    if (!this.#isLeased) this.#child.removeAllListeners("message");
    this.#child.kill(politely ? "SIGTERM" : "SIGKILL");
  }
}

function flag(name: string, value: number | undefined): string[] {
  return value === undefined ? [] : [`${name}=${value}`];
}
