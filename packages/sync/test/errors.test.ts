import { describe, expect, it } from "vitest";

import { BrokenBarrierError, QueueEmpty, QueueFull, QueueShutDown } from "../src/index.ts";

describe.each([
  [BrokenBarrierError, "BrokenBarrierError", "ERR_BROKEN_BARRIER"],
  [QueueEmpty, "QueueEmpty", "ERR_QUEUE_EMPTY"],
  [QueueFull, "QueueFull", "ERR_QUEUE_FULL"],
  [QueueShutDown, "QueueShutDown", "ERR_QUEUE_SHUT_DOWN"],
])("%o", (ErrorClass, name, code) => {
  it("has a name and a stable code", () => {
    const error = new ErrorClass("why");
    expect([error.name, error.code, String(error)]).toEqual([name, code, `${name}: why`]);
  });

  it("is known by its brand, as that of a second copy of the package has to be", () => {
    const foreign = Object.assign(new Error("from another copy"), {
      [Symbol.for(`@async/error/${name}`)]: true,
    });
    expect([foreign instanceof ErrorClass, new Error("of another kind") instanceof ErrorClass]).toEqual([
      true,
      false,
    ]);
  });
});
