/**
 * Heartbeat: a timer that sets itself again and again, and notes by how much each beat was late: what the loop's other work costs.
 *
 * Each beat is due one interval after the last one was due. One that comes so late that others should have come meanwhile skips those: they
 * are counted as late by it, not made up for in a burst.
 */
import type { EventLoop, TimerHandle } from "@async/loop";

export class Heartbeat {
  beats = 0;
  /** Milliseconds by which the latest beat was late. */
  largestDelay = 0;
  readonly #loop: EventLoop;
  readonly #interval: number;
  #timer: TimerHandle;

  /** Begins to beat. @param interval - milliseconds */
  constructor(loop: EventLoop, interval: number) {
    this.#loop = loop;
    this.#interval = interval;
    this.#timer = this.#setTimer(loop.time() + interval);
  }

  stop(): void {
    this.#timer.cancel();
  }

  readonly #beat = (due: number): void => {
    const delay = this.#loop.time() - due;
    this.beats += 1;
    this.largestDelay = Math.max(this.largestDelay, delay);
    this.#timer = this.#setTimer(due + this.#interval * (1 + Math.floor(delay / this.#interval)));
  };

  #setTimer(due: number): TimerHandle {
    return this.#loop.callAt(due, this.#beat, due);
  }
}
