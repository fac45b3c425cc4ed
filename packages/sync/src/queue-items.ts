/**
 * QueueItems: what a queue keeps its items in. It alone decides in what order they come out.
 *
 * Python: the methods `_init`, `_put` and `_get`, which a subclass of `asyncio.Queue` overrides.
 */
export interface QueueItems<T> {
  readonly size: number;
  /** Puts an item in; if it throws, the item is not in. */
  push(item: T): void;
  /** Takes the next item out, and is called only when there is one; if it throws, the item is still in. */
  take(): T;
  clear(): void;
}
