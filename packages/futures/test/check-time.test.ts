import { thrownBy } from "@async/test-kit";
import { describe, expect, it } from "vitest";

import { UsageError } from "../src/index.ts";
import { checkTime, checkTimeOrNull, checkTimeout } from "../src/port.ts";

const NUMBERS = [0, 1.5, -1, Infinity];

describe("a time", () => {
  it.each(NUMBERS)("may be %s", (time) => {
    expect(() => checkTime("callLater", "delay", time)).not.toThrow();
  });

  it("is a number: all else is refused, naming caller and argument", () => {
    const refusals = ["1s", null, undefined, 10n].map((time) =>
      thrownBy(() => checkTime("callLater", "delay", time)),
    );
    expect(refusals).toEqual(
      ["'1s'", "null", "undefined", "10n"].map(
        (seen) => new TypeError(`callLater: delay is a number of milliseconds, got ${seen}`),
      ),
    );
    expect(thrownBy(() => checkTime("callLater", "delay", NaN))).toEqual(
      new UsageError("callLater: delay is NaN; pass milliseconds"),
    );
  });
});

describe("a time that may be null", () => {
  it.each([...NUMBERS, null])("may be %s", (time) => {
    expect(() => checkTimeOrNull("waitFor", "timeout", time)).not.toThrow();
  });

  it("is told so when it is refused", () => {
    expect(
      [undefined, NaN].map((time) => thrownBy(() => checkTimeOrNull("waitFor", "timeout", time))),
    ).toEqual([
      new TypeError("waitFor: timeout is a number of milliseconds or null, got undefined"),
      new UsageError("waitFor: timeout is NaN; pass milliseconds or null"),
    ]);
  });
});

describe("a timeout in options", () => {
  it.each([...NUMBERS, null, undefined])("may be %s", (timeout) => {
    expect(() => checkTimeout("wait", timeout)).not.toThrow();
  });

  it("is refused as any time is", () => {
    expect(["1s", NaN].map((timeout) => thrownBy(() => checkTimeout("wait", timeout)))).toEqual([
      new TypeError("wait: timeout is a number of milliseconds or null, got '1s'"),
      new UsageError("wait: timeout is NaN; pass milliseconds or null"),
    ]);
  });
});
