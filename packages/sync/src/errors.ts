/**
 * The errors of queues and barriers, one class per meaning, each with a stable `code`. Misuse is a `UsageError` of `@async/futures`.
 *
 * They are recognised by brand: `instanceof` also holds for the error of a second installed copy of this package.
 */
import { brand } from "@async/futures/port";

/** `getNowait` found no item. Python: `asyncio.QueueEmpty`. */
export class QueueEmpty extends Error {
  static {
    brand(this, "QueueEmpty");
  }
  readonly code = "ERR_QUEUE_EMPTY";
}

/** `putNowait` found no room. Python: `asyncio.QueueFull`. */
export class QueueFull extends Error {
  static {
    brand(this, "QueueFull");
  }
  readonly code = "ERR_QUEUE_FULL";
}

/** The queue was shut down: it takes no more items, or has none left to give. Python: `asyncio.QueueShutDown`. */
export class QueueShutDown extends Error {
  static {
    brand(this, "QueueShutDown");
  }
  readonly code = "ERR_QUEUE_SHUT_DOWN";
}

/** The barrier was aborted, or reset under those who waited. Python: `asyncio.BrokenBarrierError`. */
export class BrokenBarrierError extends Error {
  static {
    brand(this, "BrokenBarrierError");
  }
  readonly code = "ERR_BROKEN_BARRIER";
}
