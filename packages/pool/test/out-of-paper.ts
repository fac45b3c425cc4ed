/** An error class of a user, registered on both sides. */
import { registerError } from "../src/worker.ts";

export class OutOfPaper extends RangeError {
  override name = "OutOfPaper";
  readonly sheets: number;

  constructor(sheets: number) {
    super(`${sheets} sheets are missing`);
    this.sheets = sheets;
  }

  get isEmpty(): boolean {
    return this.sheets > 0;
  }
}

registerError(OutOfPaper);
