/**
 * The layers of the repository, as a lint rule: imports only point downwards, and through a package's front door.
 *
 *     testing
 *     task     sync
 *     loop     pool
 *     futures
 *
 * A package's sources may use the modules named below, Node's own, and nothing else; its tests may also use test tools.
 * Everyone else (apps, verification, scripts) is a consumer: any package, by its name alone. Only tests use the test kit,
 * which lies below all packages: it knows none of them.
 */
import path from "node:path";

import type { Rule } from "eslint";

import { forEachImport, isRelative } from "./imports.ts";

const mayImport: Readonly<Record<string, readonly string[]>> = {
  "packages/futures": [],
  "packages/loop": ["@async/futures", "@async/futures/port"],
  "packages/pool": ["@async/futures", "@async/futures/port", "workerpool"],
  "packages/task": ["@async/loop", "@async/futures", "@async/futures/port"],
  "packages/sync": ["@async/loop", "@async/futures", "@async/futures/port"],
  "packages/testing": ["@async/task", "@async/sync", "@async/loop", "@async/futures", "@async/futures/port"],
  "test-kit": [],
};

/** What the tests of a package may import besides: what they need to set the stage. It depends on nothing that the package offers. */
const testsMayImport: Readonly<Record<string, readonly string[]>> = {
  "packages/sync": ["@async/task"],
};

/** Second doors that are for everybody. The others are for the packages above. */
const publicDoors: readonly string[] = ["@async/pool/worker"];

const testKit = "@async/test-kit";
const root = path.resolve(import.meta.dirname, "../..");

export const layers: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = path.relative(root, context.filename);
    return forEachImport((source, node) => {
      const message = isRelative(source)
        ? faultOfPath(file, path.join(path.dirname(file), source))
        : faultOfName(file, source);
      if (message !== null) context.report({ node, message });
    });
  },
};

/** Returns what is wrong when `file` imports the file `target`, or null. Both are relative to the root. */
function faultOfPath(file: string, target: string): string | null {
  const home = homeOf(file);
  if (!isInside(home, target)) return `${target} belongs to another package: import that package by its name`;
  if (!isInside(`${home}/src`, file)) return null;
  if (!isInside(`${home}/src`, target)) return `${target} is no source: src/ imports from src/ alone`;
  if (home in mayImport && target === path.join(home, "src/index.ts")) {
    return "index.ts is for users of the package: import from the file that owns the name";
  }
  return null;
}

/** Returns what is wrong when `file` imports the module `name`, or null. */
function faultOfName(file: string, name: string): string | null {
  const isOurs = name.startsWith("@async/");
  if (name === testKit) {
    return isInside(`${homeOf(file)}/test`, file) ? null : `${testKit} is for tests, in a folder named test`;
  }
  const allowed = allowedIn(file);
  if (allowed?.includes(name) || name.startsWith("node:")) return null;
  if (isOurs && name !== ownerOf(name) && !publicDoors.includes(name))
    return `${name} is for the layers above it: import ${ownerOf(name)}`;
  if (allowed === undefined) return null;
  if (isOurs || isInside(`${homeOf(file)}/src`, file)) {
    const list = allowed.length === 0 ? "no other package" : allowed.join(", ");
    return `${homeOf(file)} may import ${list}; see the layers in scripts/lint/layers.ts`;
  }
  return null;
}

/** Returns the modules that the file may import, undefined for a file that may import any. */
function allowedIn(file: string): readonly string[] | undefined {
  const home = homeOf(file);
  const forTests = isInside(`${home}/test`, file) ? (testsMayImport[home] ?? []) : [];
  return mayImport[home]?.concat(forTests);
}

/** Returns the folder of the workspace package that holds `file`: `packages/loop`, `apps/chat`, `verification`. */
function homeOf(file: string): string {
  const [first = "", second = ""] = file.split(path.sep);
  return first === "packages" || first === "apps" ? `${first}/${second}` : first;
}

function ownerOf(name: string): string {
  return name.split("/").slice(0, 2).join("/");
}

function isInside(folder: string, file: string): boolean {
  return file.startsWith(folder + path.sep);
}
