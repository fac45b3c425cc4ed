/** Runs every example in the documents and doc comments of the repository. */
import { expect, it } from "vitest";

import { documents, filesOf, readText } from "../documents.ts";
import { typeErrors } from "../examples/check-types.ts";
import { findExamples } from "../examples/find-examples.ts";
import { runExample } from "../examples/run-example.ts";

const examples = [...documents, ...filesOf(["packages/*/src/**/*.ts"])]
  .flatMap((file) => findExamples(file, readText(file)))
  .map((example) => ({ ...example, place: `${example.file}:${example.line}` }));

it("type-checks every example", { tags: ["slow"], timeout: 60_000 }, () => {
  expect(typeErrors(examples)).toEqual([]);
});

it.concurrent.each(examples)(
  "runs the example at $place",
  { tags: ["slow"], timeout: 60_000 },
  async (example) => {
    expect(await runExample(example)).toEqual([]);
  },
);
