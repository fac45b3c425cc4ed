import path from "node:path";

import { documentedNames, exportedNames, unprovenGuarantees } from "@async/test-kit";
import { expect, it } from "vitest";

import * as index from "../src/index.ts";

const folder = path.dirname(import.meta.dirname);

it("exports exactly the names in the README's table", () => {
  expect(exportedNames(folder)).toEqual(documentedNames(folder));
  expect(exportedNames(folder)).toEqual(expect.arrayContaining(Object.keys(index)));
});

it("has a test for each guarantee in the README", () => {
  expect(unprovenGuarantees(folder)).toEqual([]);
});
