import { expect, it } from "vitest";

import * as index from "../src/index.ts";
import { documentedNames, exportedNames, guaranteesWithoutTest } from "./readme.ts";

it("exports exactly the names in the README's table", () => {
  expect(exportedNames()).toEqual(documentedNames());
  expect(exportedNames()).toEqual(expect.arrayContaining(Object.keys(index)));
});

it("has a test for each guarantee in the README", () => {
  expect(guaranteesWithoutTest()).toEqual([]);
});
