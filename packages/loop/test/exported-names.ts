/** What a door of the package exports, read from its source, and what the README's name table says that it does. */
import { readFileSync } from "node:fs";
import path from "node:path";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "..", file), "utf8");

/** Values and types: a door lists them all by name. */
export function exportedNames(door: string): string[] {
  const lists = [...read(`src/${door}`).matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(([, list]) => list!);
  const names = lists.flatMap((list) => list.split(",")).map((name) => name.trim().replace(/^type /, ""));
  return names.filter((name) => name !== "").sort();
}

/** The names in the first column of the table under the heading. */
export function documentedNames(heading: string): string[] {
  const section =
    read("README.md")
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const cells = [...section.matchAll(/^\| ([^|]*) \|/gm)].slice(2).map(([, cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map(([, name]) => name!)).sort();
}
