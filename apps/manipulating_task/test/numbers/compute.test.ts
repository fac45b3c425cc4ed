import { EventLoop, VirtualClock } from "@async/loop";
import { run } from "@async/task";
import { describe, expect, it } from "vitest";

import { binomial } from "../../src/numbers/binomial.ts";
import { type Computation, compute } from "../../src/numbers/compute.ts";
import { factorial } from "../../src/numbers/factorial.ts";
import { fibonacci } from "../../src/numbers/fibonacci.ts";

async function computed(computation: Computation): Promise<{ result: bigint; reports: string[] }> {
  const reports: string[] = [];
  const main = () => compute(computation, (report) => reports.push(report));
  const result = await run(main, { loop: new EventLoop({ clock: new VirtualClock() }) });
  return { result, reports };
}

describe("compute", () => {
  it("reports every step of a short computation", async () => {
    expect((await computed(factorial(4))).reports).toEqual(["1! = 1", "2! = 2", "3! = 6", "4! = 24"]);
  });

  it("reports some steps of a long one, the last among them", async () => {
    const { reports } = await computed(fibonacci(1000));
    expect(reports).toHaveLength(12);
    expect(reports.at(-1)).toBe("F(1000) = 434665…228875 (209 digits)");
  });

  it("is exact beyond what a double can hold", async () => {
    expect((await computed(factorial(25))).result).toBe(15_511_210_043_330_985_984_000_000n);
    expect((await computed(fibonacci(100))).result).toBe(354_224_848_179_261_915_075n);
    expect((await computed(binomial(100, 50))).result).toBe(100_891_344_545_564_193_334_812_497_256n);
  });
});

describe("binomial", () => {
  it.each([
    [5, 0, 1n],
    [5, 2, 10n],
    [5, 5, 1n],
    [0, 0, 1n],
  ])("of %i things, %i", async (n, k, expected) => {
    expect((await computed(binomial(n, k))).result).toBe(expected);
  });
});

it.each([() => factorial(0), () => fibonacci(0), () => binomial(3, 4), () => binomial(3, -1)])(
  "refuses numbers that make no sense: %s",
  (make) => {
    expect(make).toThrow(RangeError);
  },
);
