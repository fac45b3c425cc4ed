/** NotReal: an error of our own, which is still an instance of its class when it comes from a worker. */
import { registerError } from "@async/pool/worker";

/** The square root of this number is not real. */
export class NotReal extends RangeError {
  override readonly name = "NotReal";
  readonly code = "ERR_NOT_REAL";
  readonly number: number;

  constructor(number: number) {
    super(`${number} has no real square root`);
    this.number = number;
  }
}

registerError(NotReal);
