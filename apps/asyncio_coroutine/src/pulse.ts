/**
 * Pulse: a task that does nothing but beat, and counts its beats: the proof that others go on while a state waits.
 *
 * Each beat is due a fixed time after the first one was set, not after the last one came: a late beat does not make the next one late.
 */
import { getRunningLoop } from "@async/loop";
import { sleep } from "@async/task";

export class Pulse {
  readonly name: string;
  readonly interval: number;
  beats = 0;
  /** Milliseconds that the latest beat was behind its time. */
  largestDelay = 0;
  readonly #onBeat: (beats: number) => void;

  /** @param interval - milliseconds from one beat to the next */
  constructor(name: string, interval: number, onBeat: (beats: number) => void) {
    this.name = name;
    this.interval = interval;
    this.#onBeat = onBeat;
  }

  /** Beats until it is cancelled. */
  async run(): Promise<never> {
    const loop = getRunningLoop();
    const start = loop.time();
    for (;;) {
      const due = start + (this.beats + 1) * this.interval;
      await sleep(due - loop.time());
      this.beats += 1;
      this.largestDelay = Math.max(this.largestDelay, loop.time() - due);
      this.#onBeat(this.beats);
    }
  }
}
