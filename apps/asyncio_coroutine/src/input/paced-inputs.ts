/**
 * PacedInputs: keys from a text, at the pace of somebody who types them.
 *
 * A dot in the text is no key. It stands for somebody who presses nothing: the wait goes on until it is cancelled by the deadline of the
 * state that waits. So a text leads to the same path every time, however fast or slow the machine is.
 */
import { getRunningLoop } from "@async/loop";
import { sleep } from "@async/task";

import type { Inputs } from "./inputs.ts";

export class PacedInputs implements Inputs {
  readonly #inputs: Inputs;
  readonly #pace: number;

  /** @param pace - milliseconds before each key */
  constructor(inputs: Inputs, pace: number) {
    this.#inputs = inputs;
    this.#pace = pace;
  }

  async next(): Promise<string | null> {
    // First the pause, then the key: cancelled in the pause, we have taken none.
    await sleep(this.#pace);
    const key = await this.#inputs.next();
    if (key === ".") await getRunningLoop().createFuture();
    return key;
  }
}
