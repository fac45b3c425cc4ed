/**
 * OutgoingCalls: puts the calls for one worker into as few messages as can be.
 *
 *     calls 5 6 7 (same function, two plain arguments each)  ──►  [CALLS, 5, fn, 3, [a, b, a, b, a, b], first id]
 *     call 8 (an object among its arguments, or options)     ──►  [CALL, 8, fn, args, id, announceStart]
 *     call 9 (a chunk of a map)                              ──►  [CHUNK, 9, fn, items, id, areTuples]
 */
import type { WorkerLink } from "./backend.ts";
import type { Call } from "./call.ts";
import { ChunkCall } from "./chunk-call.ts";
import { checkItems } from "./check-arguments.ts";
import { CALL, CALLS, CHUNK, DEFINE, type FunctionReference, canShareMessages } from "./wire/index.ts";

export class OutgoingCalls {
  #calls: Call[] = [];
  /** The functions that the worker was told of, by number. */
  readonly #defined: boolean[] = [];

  add(call: Call): void {
    this.#calls.push(call);
  }

  /** Sends them all. `onRefused` gets each call that cannot be sent, with the reason. */
  send(link: WorkerLink, onRefused: (call: Call, error: unknown) => void): void {
    const calls = this.#calls;
    this.#calls = [];
    for (let next = 0; next < calls.length;) {
      const first = calls[next]!;
      const end = endOfBatch(calls, next);
      if (end > next) {
        this.#define(link, first.fn);
        link.post(batch(calls, next, end), []);
        next = end;
        continue;
      }
      try {
        this.#define(link, first.fn);
        sendAlone(link, first);
      } catch (error) {
        onRefused(first, error);
      }
      next += 1;
    }
  }

  #define(link: WorkerLink, fn: FunctionReference): void {
    if (this.#defined[fn.number] === true) return;
    link.post([DEFINE, fn.number, fn.address], []);
    this.#defined[fn.number] = true;
  }
}

/** Returns where the batch that begins at `start` ends; `start` if that call goes alone. */
function endOfBatch(calls: readonly Call[], start: number): number {
  const { fn, args, seq } = calls[start]!;
  let end = start;
  while (end < calls.length) {
    const call = calls[end]!;
    const isLike =
      call.fn === fn &&
      call.args !== null &&
      call.args.length === args!.length &&
      call.seq === seq + (end - start) &&
      !call.isWatched &&
      !(call instanceof ChunkCall) &&
      canShareMessages(call.args);
    if (!isLike) break;
    end += 1;
  }
  return end;
}

type Batch = Extract<Parameters<WorkerLink["post"]>[0], readonly [typeof CALLS, ...unknown[]]>;

function batch(calls: readonly Call[], start: number, end: number): Batch {
  const { fn, id, seq } = calls[start]!;
  const flat: unknown[] = [];
  let ids: number[] | null = null;
  for (let index = start; index < end; index++) {
    const call = calls[index]!;
    for (const arg of call.args as readonly unknown[]) flat.push(arg);
    if (ids === null && call.id !== id + index - start)
      ids = calls.slice(start, index).map((earlier) => earlier.id);
    ids?.push(call.id);
  }
  return [CALLS, seq, fn.number, end - start, flat, ids ?? id];
}

function sendAlone(link: WorkerLink, call: Call): void {
  const { args, fn, id, seq } = call;
  if (call instanceof ChunkCall) {
    const { itemsAreTuples } = call;
    const send = (items: readonly unknown[]): void => {
      checkItems(items, itemsAreTuples);
      const packed = link.packing.pack(items);
      link.post([CHUNK, seq, fn.number, packed, id, itemsAreTuples, call.isWatched], call.transfer);
    };
    call.sendItems(send, (item) => {
      checkItems([item], itemsAreTuples);
      return link.packing.copy(item);
    });
  } else link.post([CALL, seq, fn.number, args!, id, call.isWatched], call.transfer);
  // What has moved to the worker cannot be sent to another one.
  if (call.transfer.length > 0) call.args = null;
}
