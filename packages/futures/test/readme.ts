/** What the package exports, and what its README says of it. */
import { readFileSync } from "node:fs";
import path from "node:path";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "..", file), "utf8");

/** Returns all names that `src/index.ts` exports, also those of types. */
export function exportedNames(): string[] {
  const lists = [...read("src/index.ts").matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(
    ([, list]) => list!,
  );
  const names = lists.flatMap((list) => list.split(",")).map((name) => name.trim().replace(/^type /, ""));
  return names.filter((name) => name !== "").sort();
}

/** Returns the names in the first column of the README's name table. */
export function documentedNames(): string[] {
  const cells = rowsUnder("Names").map(([cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)).sort();
}

/** Returns the guarantees whose test is not there: the second column cites a file of `test/` and a test in it. */
export function guaranteesWithoutTest(): string[] {
  const rows = rowsUnder("Guarantees");
  if (rows.length === 0) return ["no guarantees at all"];
  return rows.flatMap(([promise, citation]) => {
    const [, file, name] = /^`([\w.-]+)`: (.+)$/.exec(citation!) ?? [];
    return file !== undefined && read(`test/${file}.test.ts`).includes(name!) ? [] : [promise!];
  });
}

/** Returns the cells of the table under the heading, without its head. */
function rowsUnder(heading: string): string[][] {
  const section = read("README.md")
    .split(/^## /m)
    .find((part) => part.startsWith(`${heading}\n`));
  const lines = (section ?? "").split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
