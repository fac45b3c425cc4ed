/**
 * The input of a map: an array, another iterable, or an async one, read item by item, as `for` and `for await` would.
 */
import { show } from "./show.ts";

/** Takes an item that was read. */
type Sink = (item: unknown) => void;

export interface Thrown {
  readonly thrown: unknown;
}

export interface Input {
  readonly isAsync: boolean;
  /** There is nothing more to read. */
  readonly isExhausted: boolean;
  /**
   * Gives the next item to the sink. Returns false if there is none; an async input calls back once that has changed.
   *
   * @throws what the input throws.
   */
  read(sink: Sink): boolean;
  /** Nothing more is read: lets the input clean up, if it is not through. Returns what a plain one throws at that; for an async one nobody waits. */
  close(): Thrown | null;
}

/**
 * @param onMove - called when an async input has given something, has ended or has thrown
 * @throws TypeError for what cannot be iterated.
 */
export function openInput(
  input: Iterable<unknown> | AsyncIterable<unknown>,
  onMove: (failure: Thrown | null) => void,
): Input {
  const { [Symbol.asyncIterator]: openAsync, [Symbol.iterator]: open } = Object(input) as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  if (typeof openAsync === "function")
    return new AsyncInput(checkObject(openAsync.call(input), "[Symbol.asyncIterator]"), onMove);
  if (typeof open === "function") return new SyncInput(checkObject(open.call(input), "[Symbol.iterator]"));
  throw new TypeError(`map takes an iterable or an async iterable, got ${show(input)}`);
}

class SyncInput implements Input {
  readonly isAsync = false;
  isExhausted = false;
  readonly #iterator: Iterator<unknown>;
  #isRunning = false;

  constructor(iterator: Iterator<unknown>) {
    this.#iterator = iterator;
  }

  read(sink: Sink): boolean {
    let isDone: boolean | undefined;
    let value: unknown;
    this.#isRunning = true;
    try {
      const step = checkObject(this.#iterator.next(), "next()");
      isDone = step.done;
      if (!isDone) value = step.value as unknown; // Any truthy value is an end.
    } catch (error) {
      this.isExhausted = true;
      throw error;
    } finally {
      this.#isRunning = false;
    }
    if (!isDone && !this.isExhausted) {
      sink(value);
      return true;
    }
    if (!isDone) this.#cleanUp();
    this.isExhausted = true;
    return false;
  }

  close(): Thrown | null {
    if (this.isExhausted) return null;
    this.isExhausted = true;
    return this.#isRunning ? null : this.#cleanUp(); // An input that ends its own map cannot clean up before it has returned.
  }

  #cleanUp(): Thrown | null {
    try {
      this.#iterator.return?.();
      return null;
    } catch (error) {
      return { thrown: error };
    }
  }
}

class AsyncInput implements Input {
  readonly isAsync = true;
  isExhausted = false;
  readonly #iterator: AsyncIterator<unknown>;
  readonly #onMove: (failure: Thrown | null) => void;
  /** An item that came and was not taken yet: there must be room for it first. */
  #arrived: { readonly item: unknown } | null = null;
  #isReading = false;

  constructor(iterator: AsyncIterator<unknown>, onMove: (failure: Thrown | null) => void) {
    this.#iterator = iterator;
    this.#onMove = onMove;
  }

  read(sink: Sink): boolean {
    if (this.#arrived !== null) {
      const { item } = this.#arrived;
      this.#arrived = null;
      sink(item);
      return true;
    }
    if (!this.#isReading) void this.#readOne();
    return false;
  }

  close(): null {
    if (this.isExhausted) return null;
    this.isExhausted = true;
    this.#arrived = null;
    void this.#cleanUp();
    return null;
  }

  async #readOne(): Promise<void> {
    this.#isReading = true;
    let failure: Thrown | null = null;
    try {
      const step = checkObject(await this.#iterator.next(), "next()");
      if (this.isExhausted) return; // Closed meanwhile.
      if (step.done) this.isExhausted = true;
      else this.#arrived = { item: step.value };
    } catch (error) {
      if (this.isExhausted) return;
      this.isExhausted = true;
      failure = { thrown: error };
    }
    this.#isReading = false;
    this.#onMove(failure);
  }

  async #cleanUp(): Promise<void> {
    try {
      await this.#iterator.return?.();
    } catch {
      // What it throws while it cleans up is nobody's any more.
    }
  }
}

/** @throws TypeError */
function checkObject<T extends object>(value: T, what: string): T {
  if (Object(value) === value) return value;
  throw new TypeError(
    `map: ${what} of its input returned ${show(value)}; an iterator is an object, and so is what next() returns: { done, value }`,
  );
}
