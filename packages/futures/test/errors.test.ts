import { programRunner } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import {
  BrokenExecutorError,
  CancelledError,
  InvalidStateError,
  TimeoutError,
  UsageError,
  isCancelled,
} from "../src/index.ts";
import { cancelledWithoutStack } from "../src/port.ts";

const runProgram = programRunner(import.meta.dirname);

const classes = [
  [CancelledError, "CancelledError", "ERR_CANCELLED"],
  [InvalidStateError, "InvalidStateError", "ERR_INVALID_STATE"],
  [TimeoutError, "TimeoutError", "ERR_TIMEOUT"],
  [UsageError, "UsageError", "ERR_USAGE"],
  [BrokenExecutorError, "BrokenExecutorError", "ERR_BROKEN_EXECUTOR"],
] as const;

describe.each(classes)("%o", (ErrorClass, name, code) => {
  it(`is an Error with the name ${name} and the code ${code}`, () => {
    const error = new ErrorClass("why");
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code, error.message]).toEqual([name, code, "why"]);
    expect(error.stack).toContain("errors.test.ts");
  });

  it("keeps the cause", () => {
    const cause = new Error("first");
    expect(new ErrorClass("then", { cause }).cause).toBe(cause);
  });

  it("is not any of the others, nor a look-alike", () => {
    const others = classes.filter(([Other]) => Other !== ErrorClass).map(([Other]) => new Other("why"));
    const lookAlike = Object.assign(new Error("why"), { name, code });
    for (const other of [...others, lookAlike, null, undefined, "why", 1]) {
      expect(other).not.toBeInstanceOf(ErrorClass);
    }
  });

  it("can be extended: a subclass has the ordinary instanceof", () => {
    class Special extends ErrorClass {}
    class Sibling extends ErrorClass {}
    const error = new Special("why");
    expect([error instanceof Special, error instanceof ErrorClass]).toEqual([true, true]);
    expect([error instanceof Sibling, new ErrorClass("why") instanceof Special]).toEqual([false, false]);
  });
});

describe("CancelledError", () => {
  it("says cancelled when it has no reason", () => {
    const error = new CancelledError();
    expect([error.message, error.reason]).toEqual(["cancelled", undefined]);
  });

  it("has a string as its message, and keeps any other reason beside it", () => {
    const reason = { code: 7 };
    expect([new CancelledError("why").message, new CancelledError("why").reason]).toEqual(["why", "why"]);
    expect([new CancelledError(reason).message, new CancelledError(reason).reason]).toEqual([
      "cancelled",
      reason,
    ]);
  });

  it("captures no stack when an await throws it, and leaves the stacks of others alone", () => {
    const error = cancelledWithoutStack("why");
    expect(error.stack).toBe("CancelledError: why");
    expect(new Error("other").stack).toContain("errors.test.ts");
  });

  it("is made too where the host forbids to touch Error.stackTraceLimit", { tags: ["slow"] }, async () => {
    const program = `
      import { Future } from "@async/futures";
      const future = new Future();
      future.cancel();
      await future.catch((error) => console.log(error.name));
    `;
    const { stdout } = await runProgram(program, "--frozen-intrinsics");
    expect(stdout).toBe("CancelledError\n");
  });
});

describe("isCancelled", () => {
  it("is true for a CancelledError and its subclasses alone", () => {
    class Stopped extends CancelledError {}
    expect([new CancelledError(), new Stopped()].map(isCancelled)).toEqual([true, true]);
    const others = [
      new Error("cancelled"),
      new DOMException("", "AbortError"),
      new TimeoutError(),
      null,
      "cancelled",
    ];
    expect(others.map(isCancelled)).toEqual(others.map(() => false));
  });
});
