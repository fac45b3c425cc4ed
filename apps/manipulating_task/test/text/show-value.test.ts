import { expect, it } from "vitest";

import { showValue } from "../../src/text/show-value.ts";

it.each([
  [undefined, ""],
  ["text", "text"],
  [60_000, "60,000"],
  [3_628_800n, "3,628,800"],
  [10n ** 20n, "100,000,000,000,000,000,000"],
  [10n ** 21n + 7n, "100000…000007 (22 digits)"],
  [new RangeError("no"), "RangeError: no"],
])("shows %o as %j", (value, text) => {
  expect(showValue(value)).toBe(text);
});
