/**
 * Keeps `docs/python-map.md` complete and true.
 *
 * Complete: every public name of CPython stands in the column "Python" of one row. The names are a recording of
 * `recorder/public_names.py`. True: what the column "ours" claims of a package is exported by that package. The claims are
 * looked up in the types of its sources, for interfaces and instance fields do not exist at runtime.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAP = path.join(ROOT, "docs/python-map.md");
const RECORDING = path.resolve(import.meta.dirname, "../fixtures/python-names.json");

interface Row {
  readonly python: readonly string[];
  readonly since: string;
  readonly ours: string;
  readonly notes: string;
}

/** A package that a cell names, with the code spans that follow it. */
interface Claim {
  readonly package: string;
  readonly planned: boolean;
  /** Such as `sleep` or `Task.cancel`. */
  readonly names: readonly string[];
}

/** Returns the contents of the code spans. */
function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}

/** Reads the tables with the four columns; the other table of the page compares statements, not names. */
function readRows(markdown: string): Row[] {
  const rows: Row[] = [];
  let inside = false;
  for (const line of markdown.split("\n")) {
    if (!line.startsWith("|")) inside = false;
    else if (/^\| Python +\| since +\| ours +\| notes +\|$/.test(line)) inside = true;
    else if (inside && !/^[| -]+$/.test(line)) {
      const [python = "", since = "", ours = "", notes = "", ...rest] = line.slice(1, -1).split("|");
      if (rest.length > 0) throw new Error(`A row with more than four cells: ${line}`);
      rows.push({ python: codeSpans(python), since: since.trim(), ours: ours.trim(), notes: notes.trim() });
    }
  }
  return rows;
}

/** Reads `@async/task`: `a(x)`, `B.c()` as the claim that the package has `a` and `B.c`. */
function readClaims(ours: string): Claim[] {
  return ours
    .split(/(?=`@async\/)/)
    .filter((part) => part.startsWith("`@async/"))
    .map((part) => {
      const [specifier = "", ...spans] = codeSpans(part);
      const names = spans.map((span) => /^[\w$]+(?:\.[\w$]+)*/.exec(span)?.[0] ?? span);
      return { package: specifier, planned: part.startsWith(`\`${specifier}\` (planned)`), names };
    });
}

/** Returns what the packages export: `Task`, and for its members, static ones included, `Task.cancel`. */
function readExports(indexes: ReadonlyMap<string, string>): Map<string, ReadonlySet<string>> {
  const config = path.join(ROOT, "tsconfig.base.json");
  const base: unknown = ts.readConfigFile(config, (file) => ts.sys.readFile(file)).config;
  const { options } = ts.parseJsonConfigFileContent(base, ts.sys, ROOT);
  const program = ts.createProgram([...indexes.values()], options);
  const checker = program.getTypeChecker();

  const namesIn = (index: string): ReadonlySet<string> => {
    const names = new Set<string>();
    const source = program.getSourceFile(index);
    const module = source && checker.getSymbolAtLocation(source);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      if (symbol.declarations === undefined) continue; // exported, but not there
      names.add(exported.name);
      const sides = [checker.getDeclaredTypeOfSymbol(symbol)];
      if ((symbol.flags & ts.SymbolFlags.Value) !== 0) sides.push(checker.getTypeOfSymbol(symbol));
      for (const member of sides.flatMap((side) => checker.getPropertiesOfType(side))) {
        names.add(`${exported.name}.${member.name}`);
      }
    }
    return names;
  };
  return new Map([...indexes].map(([name, index]) => [name, namesIn(index)]));
}

/** Returns the entry file of each public package of the workspace. */
function packageIndexes(): Map<string, string> {
  const indexes = readdirSync(path.join(ROOT, "packages")).map(
    (name) => [`@async/${name}`, path.join(ROOT, "packages", name, "src/index.ts")] as const,
  );
  return new Map(indexes.filter(([, index]) => existsSync(index)));
}

const recording = JSON.parse(readFileSync(RECORDING, "utf8")) as { names: Record<string, string> };
const rows = readRows(readFileSync(MAP, "utf8"));
const claims = rows.flatMap((row) => readClaims(row.ours));
const indexes = packageIndexes();

describe("docs/python-map.md", () => {
  const mapped = rows.flatMap((row) => row.python);

  it("has a place for every public name of CPython", () => {
    const missing = Object.keys(recording.names).filter((name) => !mapped.includes(name));
    expect(missing).toEqual([]);
  });

  it("has no name that CPython has not, and none twice", () => {
    const wrong = mapped.filter((name, at) => !(name in recording.names) || mapped.indexOf(name) !== at);
    expect(wrong).toEqual([]);
  });

  it("says since or until when a name is there", () => {
    const stated = rows.flatMap((row) => row.python.map((name) => [name, row.since]));
    const recorded = mapped.map((name) => [name, recording.names[name]]);
    expect(stated).toEqual(recorded);
  });

  it("names a package in every row, or says none and why", () => {
    const silent = rows.filter((row) =>
      row.ours === "none" ? row.notes === "" : readClaims(row.ours).length === 0,
    );
    expect(silent).toEqual([]);
  });

  it("calls a package planned as long as it is not there", () => {
    const wrong = claims.filter((claim) => claim.planned === indexes.has(claim.package));
    expect([...new Set(wrong.map((claim) => claim.package))]).toEqual([]);
  });

  it("claims no name that the package does not export", { tags: ["slow"] }, () => {
    const exported = readExports(indexes);
    const untrue = claims
      .filter((claim) => !claim.planned)
      .flatMap((claim) => claim.names.map((name) => [claim.package, name] as const))
      .filter(([from, name]) => !exported.get(from)?.has(name))
      .map(([from, name]) => `${from} ${name}`);
    expect([...new Set(untrue)]).toEqual([]);
  });
});
