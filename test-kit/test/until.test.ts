import { expect, it } from "vitest";

import { until } from "../src/index.ts";

it("asks until the condition holds", async () => {
  let asked = 0;
  await until(() => (asked += 1) === 3);
  expect(asked).toBe(3);
});
