/** Every link from a document of the repository to a file in it leads somewhere. */
import { existsSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { documents, inRoot, readText } from "../documents.ts";

it.each(documents)("leads to files that exist: %s", (document) => {
  const targets = Array.from(
    readText(document).matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g),
    ([, target = ""]) => target,
  );
  const missing = targets
    .filter((target) => !/^\w+:/.test(target))
    .filter((target) => !existsSync(inRoot(path.join(path.dirname(document), target))));
  expect(missing).toEqual([]);
});
