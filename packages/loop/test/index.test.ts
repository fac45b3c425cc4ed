import { expect, it } from "vitest";

import * as index from "../src/index.ts";
import { documentedNames, exportedNames } from "./exported-names.ts";

it("exports exactly the names in the README's table", () => {
  expect(exportedNames("index.ts")).toEqual(documentedNames("Names"));
});

it("lists every value that it exports by name", () => {
  expect(exportedNames("index.ts")).toEqual(expect.arrayContaining(Object.keys(index)));
});
