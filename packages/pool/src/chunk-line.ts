/**
 * ChunkLine: the chunks of a map in the order of its input, whose values are taken one by one.
 */
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

  /** Closes those that no worker has started. */
  closeUnstarted(): void {
    for (const chunk of this.#waiting()) if (!chunk.hasStarted()) chunk.close();
  }

  /** Closes all and forgets them. */
  close(): void {
    for (const chunk of this.#waiting()) chunk.close();
    this.#clear();
  }

  #waiting(): ChunkCall[] {
    return this.#chunks.slice(this.#first);
  }

  #clear(): void {
    this.#chunks = [];
    this.#first = this.#index = 0;
  }
}
