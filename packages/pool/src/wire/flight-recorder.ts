/**
 * FlightRecorder: what a worker process was doing when it died.
 *
 * Processes share no memory, and a process that is killed says nothing any more. So it notes the start of each call in a file, together with the
 * result of the call before, if that has not been sent yet. The file outlives the process: the executor reads from it which call ran, and what had
 * been returned; all other calls have not started and can be made elsewhere. The file has no name once both sides have opened it, and so goes with them.
 *
 *     seq   | state            | value          one entry for each of the last calls, three numbers of 8 bytes
 *     17    | done             | 42
 *     18    | running          |
 *
 * A note costs about a microsecond, a message five.
 */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const ENTRIES = 128;
const FIELDS = 3;
const ENTRY_BYTES = FIELDS * 8;

const RUNNING = 1;
const NUMBER = 2;
const UNDEFINED = 3;
const NULL = 4;
const TRUE = 5;
const FALSE = 6;

/** What the recorder says of one call. */
export type FlightEntry =
  | { readonly seq: number; readonly state: "running" }
  | { readonly seq: number; readonly state: "done"; readonly value: unknown };

/** Files in memory, where there are such: a note then waits for no disk, and is a twelfth cheaper. */
const MEMORY = "/dev/shm";

let created = 0;

export class FlightRecorder {
  readonly path: string;
  readonly #file: number;
  /** The call before and the one that starts, as they are written. */
  readonly #entries = new Float64Array(2 * FIELDS);
  /** The call before has ended, and its result is in `#entries`. */
  #isDoneNoted = false;

  private constructor(file: number, name: string) {
    this.#file = file;
    this.path = name;
  }

  /** The executor's side. Null if there is no place for a file. */
  static create(): FlightRecorder | null {
    const random = Math.random().toString(36).slice(2);
    const name = `async-pool-${process.pid}-${created++}-${random}`;
    return FlightRecorder.#createIn(MEMORY, name) ?? FlightRecorder.#createIn(tmpdir(), name);
  }

  static #createIn(folder: string, name: string): FlightRecorder | null {
    const file = path.join(folder, name);
    let recorder: FlightRecorder;
    try {
      recorder = new FlightRecorder(openSync(file, "wx+", 0o600), file);
    } catch {
      return null;
    }
    try {
      // Its room is taken now, so that no note finds the disk full.
      writeSync(recorder.#file, new Uint8Array(ENTRIES * ENTRY_BYTES));
      return recorder;
    } catch {
      recorder.forgetName();
      recorder.close();
      return null;
    }
  }

  /** The worker's side; the file has no name from now on. Null if it cannot be opened. */
  static open(name: string): FlightRecorder | null {
    try {
      const recorder = new FlightRecorder(openSync(name, "r+"), name);
      recorder.forgetName();
      return recorder;
    } catch {
      return null;
    }
  }

  /** The file is opened, or is not needed any more. */
  forgetName(): void {
    try {
      unlinkSync(this.path);
    } catch {
      // Somebody has tidied up before.
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Keeps the result of a call, to be noted when the next one starts. False for a value that cannot be noted. */
  done(seq: number, value: unknown): boolean {
    const state = stateOf(value);
    if (state === null) return false;
    this.#entries[0] = seq;
    this.#entries[1] = state;
    this.#entries[2] = typeof value === "number" ? value : 0;
    this.#isDoneNoted = true;
    return true;
  }

  /** Notes that the call starts. @throws what the host says if the file cannot be written any more: user code may have closed it. */
  start(seq: number): void {
    const entries = this.#entries;
    entries[3] = seq;
    entries[4] = RUNNING;
    const place = seq % ENTRIES;
    // The entries of two successive calls lie side by side, except at the end.
    const isPair = this.#isDoneNoted && entries[0] === seq - 1 && place > 0;
    if (this.#isDoneNoted && !isPair) this.#write(0, 1, entries[0]! % ENTRIES);
    if (isPair) this.#write(0, 2, place - 1);
    else this.#write(1, 1, place);
    this.#isDoneNoted = false;
  }

  /** Returns what was noted, the oldest first. Calls that were reported since are among it. */
  read(): FlightEntry[] {
    const fields = new Float64Array(ENTRIES * FIELDS);
    readSync(this.#file, fields, 0, fields.byteLength, 0);
    const entries: FlightEntry[] = [];
    for (let place = 0; place < fields.length; place += FIELDS) {
      const [seq, state, value] = fields.subarray(place, place + FIELDS) as unknown as [
        number,
        number,
        number,
      ];
      if (state === RUNNING) entries.push({ seq, state: "running" });
      else if (state !== 0) entries.push({ seq, state: "done", value: valueOf(state, value) });
    }
    return entries.sort((left, right) => left.seq - right.seq);
  }

  #write(first: number, count: number, place: number): void {
    writeSync(this.#file, this.#entries, first * ENTRY_BYTES, count * ENTRY_BYTES, place * ENTRY_BYTES);
  }
}

function stateOf(value: unknown): number | null {
  if (typeof value === "number") return NUMBER;
  if (value === undefined) return UNDEFINED;
  if (value === null) return NULL;
  if (value === true) return TRUE;
  return value === false ? FALSE : null;
}

function valueOf(state: number, value: number): unknown {
  switch (state) {
    case NUMBER:
      return value;
    case NULL:
      return null;
    case TRUE:
    case FALSE:
      return state === TRUE;
    default:
      return undefined;
  }
}
