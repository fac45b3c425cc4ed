/**
 * ChunkLine: the chunks of a map in the order of its input, whose values are taken one by one.
 */
import type { Withdrawal } from "./call.ts";
import type { ChunkCall } from "./chunk-call.ts";

/** What stands at the head: a value, a failure, a chunk that has not ended, or nothing. */
export type Head = "value" | "failure" | "waiting" | "empty";

export class ChunkLine {
  #chunks: ChunkCall[] = [];
  #first = 0;
  /** The next value of the first chunk. */
  #index = 0;

  push(chunk: ChunkCall): void {
    this.#chunks.push(chunk);
  }

  /** Says what comes next; chunks whose values were all taken leave the line. */
  head(): Head {
    for (;;) {
      const chunk = this.#chunks[this.#first];
      if (chunk === undefined) return "empty";
      if (this.#index < chunk.values.length) return "value";
      if (!chunk.hasEnded) return "waiting";
      if (chunk.failure !== null) return "failure";
      this.#chunks[this.#first++] = undefined as never; // Its values are kept no longer.
      this.#index = 0;
      if (this.#first === this.#chunks.length) this.#clear();
    }
  }

  /** Takes the value at the head. */
  take(): unknown {
    return this.#chunks[this.#first]!.values[this.#index++];
  }

  /** What was thrown at the head. */
  get thrown(): unknown {
    return this.#chunks[this.#first]!.failure!.thrown;
  }

  /** Ends the line before the first chunk that has not ended, and withdraws what stands from there on. */
  cutOff(why: Withdrawal, reason: unknown): void {
    const end = this.#chunks.findIndex((chunk, place) => place >= this.#first && !chunk.hasEnded);
    if (end !== -1) withdrawAll(this.#chunks.splice(end), why, reason);
  }

  /** Withdraws all, and forgets them. What runs may go on to the end of its item. */
  close(): void {
    const chunks = this.#chunks.slice(this.#first);
    this.#clear();
    withdrawAll(chunks, "close", undefined);
  }

  #clear(): void {
    this.#chunks = [];
    this.#first = this.#index = 0;
  }
}

function withdrawAll(chunks: readonly ChunkCall[], why: Withdrawal, reason: unknown): void {
  for (const chunk of chunks) chunk.withdraw(why, reason);
}
