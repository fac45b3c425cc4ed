/** The documents of the repository: all Markdown that we write by hand. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** Returns the files that match, relative to the root, in the order of their names. */
export function filesOf(patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: root, exclude: ["docs/api/**"] }).sort();
}

export const documents: readonly string[] = filesOf([
  "*.md",
  "docs/**/*.md",
  "{packages,apps}/*/README.md",
  "benchmarks/{,results/}README.md",
  "{scripts,test-kit,verification}/README.md",
]);

/** Returns the text of a file that is named relative to the root. */
export function readText(file: string): string {
  return readFileSync(inRoot(file), "utf8");
}

export function inRoot(file: string): string {
  return path.join(root, file);
}
