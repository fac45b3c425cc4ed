/**
 * A lint rule: no file imports itself by way of others, not even types.
 *
 * The known plugins leave out `import type`, yet two files that need each other's types are one concept cut in half.
 * Every relative import here ends in the name of a file, so that following imports needs no resolver. Imports between
 * packages need no look: the layers leave no way back.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Rule } from "eslint";
import ts from "typescript";

import { forEachImport, isRelative } from "./imports.ts";

export const noImportCycle: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = context.filename;
    return forEachImport((source, node) => {
      if (!isRelative(source)) return;
      const way = findWay(path.resolve(path.dirname(file), source), file, new Set());
      if (way === null) return;
      const names = [file, ...way].map((step) => path.relative(path.dirname(file), step));
      context.report({ node, message: `Import cycle: ${names.join(" -> ")}` });
    });
  },
};

/** Returns the files from `start` to `goal`, each importing the next, or null if there is no such way. */
function findWay(start: string, goal: string, seen: Set<string>): string[] | null {
  if (start === goal) return [start];
  if (seen.has(start)) return null;
  seen.add(start);
  for (const next of importsOf(start)) {
    const rest = findWay(next, goal, seen);
    if (rest !== null) return [start, ...rest];
  }
  return null;
}

function importsOf(file: string): string[] {
  if (!existsSync(file)) return [];
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  return importedFiles
    .filter(({ fileName }) => isRelative(fileName))
    .map(({ fileName }) => path.resolve(path.dirname(file), fileName));
}
