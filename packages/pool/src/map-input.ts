/**
 * The input of a map: an array, another iterable, or an async one, read piece by piece.
 */
import { inspect } from "node:util";

/** Takes an item that was read. */
type Sink = (item: unknown) => void;
/** Told when an async input has given something, or has thrown. */
type OnInput = (error: { readonly thrown: unknown } | null) => void;

export interface Input {
  readonly isAsync: boolean;
  /** There is nothing more to read. */
  isExhausted: boolean;
  /**
   * Reads up to `count` items. Returns false if it has to wait; then `onInput` is called later, once.
   *
   * @throws what the input throws.
   */
  read(sink: Sink, count: number, onInput: OnInput): boolean;
  /** Lets the input clean up. */
  close(): void;
}

/** @throws TypeError for what cannot be iterated. */
export function openInput(input: Iterable<unknown> | AsyncIterable<unknown>): Input {
  const { [Symbol.asyncIterator]: openAsync, [Symbol.iterator]: open } = Object(input) as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  if (typeof openAsync === "function") return new AsyncInput(openAsync.call(input));
  if (typeof open === "function") return new SyncInput(open.call(input));
  throw new TypeError(`map takes an iterable or an async iterable, got ${inspect(input, { depth: 0 })}`);
}

class SyncInput implements Input {
  readonly isAsync = false;
  isExhausted = false;
  readonly #iterator: Iterator<unknown>;

  constructor(iterator: Iterator<unknown>) {
    this.#iterator = iterator;
  }

  read(sink: Sink, count: number): boolean {
    for (let left = count; left > 0; left--) {
      const step = this.#iterator.next();
      if (step.done === true) {
        this.isExhausted = true;
        break;
      }
      sink(step.value);
    }
    return true;
  }

  close(): void {
    this.isExhausted = true;
    this.#iterator.return?.();
  }
}

class AsyncInput implements Input {
  readonly isAsync = true;
  isExhausted = false;
  readonly #iterator: AsyncIterator<unknown>;
  #isReading = false;

  constructor(iterator: AsyncIterator<unknown>) {
    this.#iterator = iterator;
  }

  read(sink: Sink, _count: number, onInput: OnInput): boolean {
    if (!this.#isReading) void this.#readOne(sink, onInput);
    return false;
  }

  close(): void {
    this.isExhausted = true;
    void this.#letGo();
  }

  async #readOne(sink: Sink, onInput: OnInput): Promise<void> {
    this.#isReading = true;
    let failure: { readonly thrown: unknown } | null = null;
    try {
      const step = await this.#iterator.next();
      if (step.done === true) this.isExhausted = true;
      else if (!this.isExhausted) sink(step.value);
    } catch (error) {
      this.isExhausted = true;
      failure = { thrown: error };
    }
    this.#isReading = false;
    onInput(failure);
  }

  async #letGo(): Promise<void> {
    try {
      await this.#iterator.return?.();
    } catch {
      // What it throws while it cleans up is nobody's any more.
    }
  }
}
