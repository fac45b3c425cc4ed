/**
 * Rival: something that does the works of a benchmark, and how it is started; a contestant is a rival that runs.
 */
import type { NodeVersion } from "./node-version.ts";
import type { Sizes } from "./sizes.ts";

export interface Rival {
  /** As in the head of a table: `asyncio`. */
  readonly name: string;
  /** @throws RivalMissing when this machine does not have it. */
  start(node: NodeVersion): Promise<Contestant>;
}

export interface Contestant {
  /** As in `asyncio of CPython 3.13.0`. */
  readonly version: string;
  /** The names of the works that it can do. */
  readonly works: ReadonlySet<string>;
  /** Does a work once. */
  run(work: string, sizes: Sizes): Promise<Run>;
  stop(): Promise<void>;
}

export interface Run {
  /** How many operations were carried out. */
  readonly done: number;
  /** In the unit of the work; a time is that of the whole run. */
  readonly value: number;
  /** The work has set the value itself: it is not to be divided by the operations. */
  readonly recorded: boolean;
}

/** The rival is not on this machine; the message says what was looked for. */
export class RivalMissing extends Error {
  static {
    this.prototype.name = "RivalMissing";
  }
}
