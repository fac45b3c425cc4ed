import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import * as index from "../src/index.ts";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, "..", file), "utf8");

describe("the public face", () => {
  it("exports the names in the README's table, and no others", () => {
    const [, names = ""] = /^## Names$(.*?)^## /ms.exec(read("README.md")) ?? [];
    const cells = [...names.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell]) => cell!);
    const documented = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    const types = [...read("src/index.ts").matchAll(/\btype (\w+)/g)].map(([, name]) => name!);
    expect(documented.toSorted()).toEqual([...Object.keys(index), ...types].toSorted());
  });

  it("each guarantee in the README names a test that there is", () => {
    const [, guarantees = ""] = /^## Guarantees$(.*?)^## /ms.exec(read("README.md")) ?? [];
    const rows = [...guarantees.matchAll(/\| `([\w-]+)`: (.*?) *\|$/gm)];
    const missing = rows.filter(([, file, claim]) => !read(`test/${file}.test.ts`).includes(claim!));
    expect([rows.length > 10, missing.map(([row]) => row)]).toEqual([true, []]);
  });
});
