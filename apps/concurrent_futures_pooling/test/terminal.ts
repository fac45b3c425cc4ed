/** FakeTerminal: keeps what is written to it. */
import { Writable } from "node:stream";

export class FakeTerminal extends Writable {
  text = "";
  readonly columns: number;
  readonly isTTY: boolean;

  constructor({ columns = 80, isTTY = false } = {}) {
    super();
    this.columns = columns;
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
