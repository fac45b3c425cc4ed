import { afterEach, describe, expect, it, vi } from "vitest";

import { virtualLoop } from "./virtual-loop.ts";

function silenceErrors() {
  const printed = vi.spyOn(console, "error").mockImplementation(() => {});
  return () => printed.mock.calls.map(([text]) => String(text));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the exception handler", () => {
  it("LOOP-16 gets the loop and the context", () => {
    const loop = virtualLoop();
    const handler = vi.fn();
    loop.setExceptionHandler(handler);
    const context = { message: "it went wrong", exception: new Error("boom") };
    loop.callExceptionHandler(context);
    expect(handler.mock.calls).toEqual([[loop, context]]);
  });

  it.each([undefined, 1, "print", {}, []])("LOOP-17 is a function or null: %s is a TypeError", (handler) => {
    expect(() => virtualLoop().setExceptionHandler(handler as never)).toThrow(
      /^setExceptionHandler takes a function or null, got/,
    );
  });

  it("LOOP-17 null brings the default one back, which prints", () => {
    const printed = silenceErrors();
    const loop = virtualLoop();
    const handler = vi.fn();
    loop.setExceptionHandler(handler);
    loop.setExceptionHandler(null);
    loop.callExceptionHandler({ message: "it went wrong" });
    expect([handler.mock.calls, printed()]).toEqual([[], ["it went wrong"]]);
  });

  it("that throws is reported itself, with what it was given", () => {
    const printed = silenceErrors();
    const loop = virtualLoop();
    loop.setExceptionHandler(() => {
      throw new Error("handler");
    });
    expect(() => loop.callExceptionHandler({ message: "it went wrong" })).not.toThrow();
    expect(printed()).toEqual([
      expect.stringMatching(/^Unhandled error in exception handler\nError: handler/),
      "it went wrong",
    ]);
  });
});

describe("the default exception handler", () => {
  it("prints message, details and the exception with its stack", () => {
    const printed = silenceErrors();
    const loop = virtualLoop();
    const handle = loop.callSoon(function work() {});
    const future = loop.createFuture();
    loop.defaultExceptionHandler({ message: "it went wrong", exception: new Error("boom"), handle, future });
    expect(printed()).toEqual([
      expect.stringMatching(
        /^it went wrong\nhandle: <Handle work\(\)>\nfuture: <Future pending>\nError: boom\n {4}at .*exception-handler\.test\.ts/,
      ),
    ]);
  });

  it("prints what is no Error as it is, and where it was made", () => {
    const printed = silenceErrors();
    const createdAt = "Error: created here\n    at somewhere";
    virtualLoop().defaultExceptionHandler({ message: "it went wrong", exception: { code: 7 }, createdAt });
    expect(printed()).toEqual(["it went wrong\ncreated at:\n    at somewhere\nexception: { code: 7 }"]);
  });

  it.each([Object.create(null), { toString: 1 }, Symbol("odd")])(
    "never throws, whatever it is given: %#",
    (odd) => {
      const printed = silenceErrors();
      const loop = virtualLoop();
      expect(() =>
        loop.callExceptionHandler({ message: "it went wrong", exception: odd, future: odd }),
      ).not.toThrow();
      expect(printed()).toHaveLength(1);
    },
  );
});
