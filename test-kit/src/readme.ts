/** What a package exports, and what its README says of it. Each function takes the package's folder. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Returns all names that `src/index.ts` exports, also those of types, in the order of the alphabet. */
export function exportedNames(folder: string): string[] {
  const lists = [...read(folder, "src/index.ts").matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(
    ([, list]) => list!,
  );
  const names = lists.flatMap((list) => list.split(",")).map((name) => name.trim().replace(/^type /, ""));
  return names.filter((name) => name !== "").sort();
}

/** Returns the names in the first column of the README's name table, in the order of the alphabet. */
export function documentedNames(folder: string): string[] {
  const cells = rowsUnder(folder, "Names").map(([cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)).sort();
}

/** Returns the guarantees whose test is not there: the second column cites a file of `test/` and a test in it. */
export function unprovenGuarantees(folder: string): string[] {
  const rows = rowsUnder(folder, "Guarantees");
  if (rows.length === 0) return ["no guarantees at all"];
  return rows.flatMap(([promise, citation]) => {
    const [, file, name] = /^`([\w.-]+)`: (.+)$/.exec(citation!) ?? [];
    const test = `test/${file}.test.ts`;
    const isProven = existsSync(path.join(folder, test)) && read(folder, test).includes(name!);
    return isProven ? [] : [promise!];
  });
}

/** Returns the cells of the table under the heading, without its head. */
function rowsUnder(folder: string, heading: string): string[][] {
  const section = read(folder, "README.md")
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

/** Returns the text of a file of the package. */
function read(folder: string, file: string): string {
  return readFileSync(path.join(folder, file), "utf8");
}
