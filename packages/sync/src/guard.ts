/**
 * Guard: what `acquire` resolves to. It gives back what was acquired, once: at the end of the block that it was declared in with `using`, or
 * when `release` is called.
 *
 * Python: the block of `async with`.
 */
export interface Guard extends Disposable {
  /** Gives it back now; does nothing when it was given back before. */
  release(): void;
}

/** A guard that calls `release` of its owner, once. */
export class OneTimeGuard implements Guard {
  #owner: Releasable | null;

  constructor(owner: Releasable) {
    this.#owner = owner;
  }

  release(): void {
    const owner = this.#owner;
    this.#owner = null;
    owner?.release();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** What can be given back. */
export interface Releasable {
  release(): void;
}
