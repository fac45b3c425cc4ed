/** Machine: where a result comes from. */
import os from "node:os";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** In GiB. */
  readonly memory: number;
  readonly system: string;
  /** How many threads wanted to run, as an average of the minute before the benchmark. */
  readonly loadBefore: number;
}

/** Returns true when others were at work too: a benchmark before this one loads the machine as well, but not so much. */
export function wasBusy({ loadBefore, cores }: Machine): boolean {
  return loadBefore > 2 * cores;
}

export function thisMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model ?? "unknown processor",
    cores: os.availableParallelism(),
    memory: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    loadBefore: Math.round(os.loadavg()[0]! * 10) / 10,
  };
}
