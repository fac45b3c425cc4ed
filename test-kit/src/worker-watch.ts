/** workerWatch: the worker threads and child processes that this process has started, whoever started them. */
import type { ChildProcess } from "node:child_process";
import diagnostics from "node:diagnostics_channel";
import { Worker } from "node:worker_threads";

export interface WorkerWatch extends Disposable {
  /** How many were started since the watch began. */
  readonly started: number;
  /** How many of those have not ended. */
  readonly alive: number;
  /** Ends the one at that place among those alive, oldest first, as nothing in it can prevent. */
  end(index: number): void;
  /** Resolves once none is alive. */
  allEnded(): Promise<void>;
}

/** Begins to watch. Disposing of it ends the watch, not the workers. */
export function workerWatch(): WorkerWatch {
  const alive = new Set<Worker | ChildProcess>();
  let started = 0;
  const watch = (worker: Worker | ChildProcess): void => {
    started += 1;
    alive.add(worker);
    worker.once("exit", () => alive.delete(worker));
  };
  const onThread = (message: unknown): void => watch((message as { worker: Worker }).worker);
  const onProcess = (message: unknown): void => watch((message as { process: ChildProcess }).process);
  diagnostics.subscribe("worker_threads", onThread);
  diagnostics.subscribe("child_process", onProcess);
  return {
    get started() {
      return started;
    },
    get alive() {
      return alive.size;
    },
    end(index) {
      const worker = [...alive][index]!;
      if (worker instanceof Worker) void worker.terminate();
      else worker.kill("SIGKILL");
    },
    async allEnded() {
      while (alive.size > 0) await Promise.all([...alive].map(endOf));
    },
    [Symbol.dispose]() {
      diagnostics.unsubscribe("worker_threads", onThread);
      diagnostics.unsubscribe("child_process", onProcess);
    },
  };
}

/** Resolves once it has ended. `events.once` would reject when it is sent a last message in vain, or has run out of memory. */
function endOf(worker: Worker | ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
  });
}
