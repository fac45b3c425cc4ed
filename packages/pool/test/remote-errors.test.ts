import { errorOf } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { OutOfPaper } from "./out-of-paper.ts";
import { POOLS, sharedPool, callWork, work } from "./pools.ts";

/** The error and its causes, the outermost first. */
function chainOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...chainOf(error.cause)] : [];
}

describe.each(POOLS)("an error from $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  it("POOL-18 keeps its class and message, and shows the stack of the worker", async () => {
    const error = await errorOf(shared.pool.submit(work.fail, "no disk"));
    expect(error).toBeInstanceOf(RangeError);
    expect([error.name, error.message]).toEqual(["RangeError", "no disk"]);
    expect(error.stack).toMatch(/^RangeError: no disk\n\s+at fail \(.*work\.ts/);
  });

  it("POOL-18 ends its causes with one that says where it was thrown", async () => {
    const error = await errorOf(shared.pool.submit(work.fail, "no disk"));
    const last = chainOf(error).at(-1) as Error;
    expect(last).not.toBe(error);
    expect(`${last.name} ${last.message} ${last.stack}`).toMatch(/fail\b.*work\.ts/);
  });

  it("keeps its chain of causes, with classes and codes", async () => {
    const [top, middle, root] = chainOf(await errorOf(shared.pool.submit(work.failWithCauses)));
    expect(top).toBeInstanceOf(TypeError);
    expect(middle).toBeInstanceOf(RangeError);
    expect([top, middle, root]).toMatchObject([
      { message: "top" },
      { message: "middle" },
      { message: "root", code: "E_ROOT" },
    ]);
  });

  it("keeps its own properties, but for what cannot be sent", async () => {
    const error = await errorOf(shared.pool.submit(work.failWithProperties));
    expect(error).toMatchObject({ message: "no", code: "E_NO", attempts: 3, when: new Date(0) });
    expect(error).not.toHaveProperty("skip");
  });

  it("keeps the members of an AggregateError", async () => {
    const error = (await errorOf(shared.pool.submit(work.failTogether))) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.message).toBe("several");
    expect(error.errors).toEqual([new RangeError("first"), "second", new TypeError("third")]);
    expect(error.errors[0]).toBeInstanceOf(RangeError);
  });

  it("is an instance of a class that was registered, methods and all", async () => {
    const error = (await errorOf(shared.pool.submit(callWork.failWithClass))) as OutOfPaper;
    expect(error).toBeInstanceOf(OutOfPaper);
    expect([error.name, error.sheets, error.isEmpty]).toEqual(["OutOfPaper", 7, true]);
  });

  it("of a class that nobody registered keeps its name, and is an instance of the class above", async () => {
    const error = await errorOf(shared.pool.submit(work.failWithUnknownClass));
    expect(error).toBeInstanceOf(TypeError);
    expect([error.name, error.message]).toEqual(["Unheard", "of"]);
  });

  it("in a circle arrives in a circle", async () => {
    const error = (await errorOf(shared.pool.submit(work.failInCircle))) as Error & { again?: unknown };
    expect(error.message).toBe("round");
    expect([error.cause, error.again]).toEqual([error, error]);
    expect(error.cause).toBe(error);
  });

  it("keeps the class and code of a DOMException", async () => {
    const error = await errorOf(shared.pool.submit(work.abortByItself));
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: "AbortError", message: "enough", code: 20 });
  });

  it.each([["text"], [0], [false], [10n], [Object.freeze({ a: 1 })], [new Map([[1, 2]])]])(
    "that is none, but %s, arrives as it is",
    async (value) => {
      expect(await errorOf(shared.pool.submit(work.throwValue, value))).toEqual(value);
    },
  );

  it.each([undefined, null])("%s becomes an Error that says so, as in any future", async (value) => {
    const error = await errorOf(shared.pool.submit(work.throwValue, value));
    expect(error).toEqual(new Error(`${value} was thrown; throw an Error instead`));
  });

  it("of a megabyte arrives whole", async () => {
    expect((await errorOf(shared.pool.submit(work.failAtLength, 1_000_000))).message).toHaveLength(1_000_000);
  });

  it("in map is as faithful as in submit", async () => {
    const iterator = shared.pool.map(work.failWithCauses, [1, 2])[Symbol.asyncIterator]();
    const [top, middle] = chainOf(await errorOf(iterator.next()));
    expect(top).toBeInstanceOf(TypeError);
    expect(middle).toBeInstanceOf(RangeError);
  });
});
