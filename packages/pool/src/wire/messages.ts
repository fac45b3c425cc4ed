/**
 * The messages between an executor and its workers.
 *
 * They are arrays that begin with a tag, and a batch of calls travels as columns: a million `{ id, fn, args }` objects a second would be the limit,
 * of plain columns it is ten million.
 *
 *     executor                                                        worker
 *        │  DEFINE  number ► module and export                           │
 *        │  CALLS   first seq, function number, flat arguments    ──►    │  one call after another, in the order of their seq
 *        │  CALL    one call whose arguments are objects, or watched     │
 *        │  CHUNK   one piece of a map                                   │
 *        │  CANCEL  a call's signal     TAKE  what has not started       │
 *        │  SKIP    a call that could not be sent                        │
 *        │                                                               │
 *        │  READY | UNUSABLE                                      ◄──    │
 *        │  STARTED seq    PROGRESS seq, value                           │
 *        │  RESULTS first seq, values   FAILURE seq, error   TICK        │
 *        │  TAKEN seqs     STRAY error                                   │
 *
 * `seq` numbers the calls that one worker was given, from 0 and without end. Whoever reads a message checks it: late and foreign ones are
 * dropped.
 */
import { type Packed, isPacked } from "./data.ts";
import { type EncodedThrow, isEncodedThrow } from "./throws.ts";

export const DEFINE = 1;
export const CALLS = 2;
export const CALL = 3;
export const CHUNK = 4;
export const CANCEL = 5;
export const TAKE = 6;
export const STOP = 7;
export const SKIP = 8;

export const READY = 20;
export const UNUSABLE = 21;
export const STARTED = 22;
export const PROGRESS = 23;
export const TICK = 24;
export const RESULTS = 25;
export const FAILURE = 26;
export const CHUNK_END = 27;
export const TAKEN = 28;
export const STRAY = 29;
export const UNREADABLE = 30;

/** Where a worker finds a function: an export of a module, or source text. */
export type FunctionAddress =
  { readonly url: string; readonly name: string } | { readonly source: string; readonly name: string };

/** What a worker has to report of the time that calls take: the number of the function, and milliseconds a call. */
export type Pace = readonly [fn: number, milliseconds: number];

export type ToWorker =
  | readonly [typeof DEFINE, fn: number, address: FunctionAddress]
  // The ids are consecutive from a first one, or listed.
  | readonly [
      typeof CALLS,
      seq: number,
      fn: number,
      count: number,
      flatArgs: readonly unknown[],
      ids: number | readonly number[],
    ]
  | readonly [typeof CALL, seq: number, fn: number, args: Packed, id: number, announceStart: boolean]
  | readonly [
      typeof CHUNK,
      seq: number,
      fn: number,
      items: Packed,
      id: number,
      itemsAreTuples: boolean,
      announceStart: boolean,
    ]
  | readonly [typeof CANCEL, seq: number, why: "cancel" | "timeout" | "close", reason: EncodedThrow | null]
  | readonly [typeof TAKE, seqs: readonly number[]]
  | readonly [typeof STOP]
  // The call at that number does not come: it could not be sent.
  | readonly [typeof SKIP, seq: number];

export type FromWorker =
  | readonly [typeof READY]
  | readonly [typeof UNUSABLE, error: EncodedThrow]
  | readonly [typeof STARTED, seq: number]
  | readonly [typeof PROGRESS, seq: number, value: Packed]
  // All calls before `position` have ended; their values are in shared memory, or came in messages of their own.
  | readonly [typeof TICK, position: number, pace: Pace | null]
  | readonly [
      typeof RESULTS,
      seq: number,
      values: Packed,
      position: number,
      pace: Pace | null,
      // There is nothing more to do. If there is, the call at `position` starts now.
      isLast: boolean,
    ]
  | readonly [typeof FAILURE, seq: number, error: EncodedThrow]
  // The values of the items up to the one that threw, if one did.
  | readonly [typeof CHUNK_END, seq: number, values: Packed, error: EncodedThrow | null, pace: Pace]
  | readonly [typeof TAKEN, seqs: readonly number[]]
  | readonly [typeof STRAY, error: EncodedThrow]
  // A message came that could not be read; the call that should have come next was in it.
  | readonly [typeof UNREADABLE, seq: number];

/** Says whether a message looks like one of ours: code in a worker process may send messages of its own. */
export function isFromWorker(message: unknown): message is FromWorker {
  if (!Array.isArray(message) || typeof message[0] !== "number") return false;
  const [tag, second, third, fourth, fifth] = message as unknown[];
  switch (tag) {
    case READY:
      return true;
    case UNUSABLE:
    case STRAY:
      return isEncodedThrow(second);
    case STARTED:
    case UNREADABLE:
      return Number.isSafeInteger(second);
    case TICK:
      return Number.isSafeInteger(second) && isPaceOrNull(third);
    case RESULTS:
      return (
        Number.isSafeInteger(second) && isPacked(third) && Number.isSafeInteger(fourth) && isPaceOrNull(fifth)
      );
    case PROGRESS:
      return Number.isSafeInteger(second) && isPacked(third);
    case CHUNK_END:
      return (
        Number.isSafeInteger(second) &&
        isPacked(third) &&
        (fourth === null || isEncodedThrow(fourth)) &&
        isPaceOrNull(fifth)
      );
    case FAILURE:
      return Number.isSafeInteger(second) && isEncodedThrow(third);
    case TAKEN:
      return Array.isArray(second) && second.every(Number.isSafeInteger);
    default:
      return false;
  }
}

function isPaceOrNull(part: unknown): part is Pace | null {
  return part === null || (Array.isArray(part) && Number.isFinite(part[0]) && Number.isFinite(part[1]));
}
