/** The layer rules at work: what they refuse and what they let pass, on files that need not exist. */
import { writeFileSync } from "node:fs";
import path from "node:path";

import { temporaryFolder } from "@async/test-kit";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";

import { layers } from "../lint/layers.ts";
import { noImportCycle } from "../lint/no-import-cycle.ts";

const root = path.resolve(import.meta.dirname, "../..");

function lint(file: string, code: string): string[] {
  const linter = new Linter({ cwd: path.parse(file).root });
  const messages = linter.verify(
    code,
    {
      files: ["**/*.ts"],
      languageOptions: { parser: tseslint.parser },
      plugins: { repository: { rules: { layers, "no-import-cycle": noImportCycle } } },
      rules: { "repository/layers": "error", "repository/no-import-cycle": "error" },
    },
    file,
  );
  return messages.map((message) => message.message);
}

describe("layers", () => {
  const refused: [file: string, code: string, message: string][] = [
    ["packages/futures/src/a.ts", `import "@async/loop";`, "packages/futures may import no other package"],
    ["packages/loop/src/a.ts", `import "@async/task";`, "packages/loop may import @async/futures"],
    ["packages/loop/src/a.ts", `import type { Task } from "@async/task";`, "packages/loop may import"],
    ["packages/loop/src/a.ts", `export type { Task } from "@async/task";`, "packages/loop may import"],
    ["packages/loop/src/a.ts", `type A = import("@async/task").Task;`, "packages/loop may import"],
    ["packages/loop/src/a.ts", `void import("@async/task");`, "packages/loop may import"],
    ["packages/task/src/a.ts", `import "@async/sync";`, "packages/task may import"],
    ["packages/pool/src/a.ts", `import "@async/loop";`, "packages/pool may import"],
    ["packages/loop/test/a.test.ts", `import "@async/task";`, "packages/loop may import"],
    ["packages/sync/src/a.ts", `import "@async/task";`, "packages/sync may import @async/loop"],
    ["packages/sync/test/a.test.ts", `import "@async/pool";`, "packages/sync may import @async/loop"],
    ["packages/loop/src/a.ts", `import "lodash";`, "packages/loop may import"],
    ["packages/loop/src/a.ts", `import "../../futures/src/b.ts";`, "belongs to another package"],
    ["packages/loop/src/a.ts", `import "../test/b.ts";`, "is no source"],
    ["packages/loop/src/a.ts", `import "./index.ts";`, "import from the file that owns the name"],
    ["apps/chat/src/main.ts", `import "../../../packages/loop/src/a.ts";`, "belongs to another package"],
    ["apps/chat/src/main.ts", `import "@async/loop/src/a.ts";`, "import @async/loop"],
    [
      "apps/chat/src/main.ts",
      `import "@async/futures/port";`,
      "is for the layers above it: import @async/futures",
    ],
    ["packages/task/src/a.ts", `import "@async/loop/src/a.ts";`, "import @async/loop"],
    ["apps/chat/src/main.ts", `import "../../other/src/main.ts";`, "belongs to another package"],
    ["packages/task/src/a.ts", `import "@async/test-kit";`, "@async/test-kit is for tests"],
    ["apps/chat/src/main.ts", `import "@async/test-kit";`, "@async/test-kit is for tests"],
    ["test-kit/src/a.ts", `import "@async/futures";`, "test-kit may import no other package"],
    ["test-kit/test/a.test.ts", `import "@async/futures";`, "test-kit may import no other package"],
    ["verification/test/a.test.ts", `import "../../packages/loop/src/a.ts";`, "belongs to another package"],
  ];
  it.each(refused)("refuses in %s: %s", (file, code, message) => {
    expect(lint(path.join(root, file), code)).toEqual([expect.stringContaining(message)]);
  });

  const passed: [file: string, code: string][] = [
    [
      "packages/task/src/a.ts",
      `import "@async/loop"; import "@async/futures/port"; import "node:fs"; import "./b.ts";`,
    ],
    ["packages/testing/src/a.ts", `import "@async/task"; import "@async/sync";`],
    ["packages/pool/src/wire/a.ts", `import "workerpool"; import "../b.ts";`],
    ["packages/loop/test/a.test.ts", `import "vitest"; import "@async/futures"; import "../src/index.ts";`],
    ["packages/futures/test/a.test.ts", `import "@async/test-kit";`],
    ["packages/sync/test/a.test.ts", `import "@async/task";`],
    ["apps/chat/test/main.test.ts", `import "@async/test-kit";`],
    ["apps/chat/src/work.ts", `import "@async/pool/worker";`],
    [
      "apps/chat/src/main.ts",
      `import "@async/task"; import "@async/pool"; import "./b.ts"; import "commander";`,
    ],
  ];
  it.each(passed)("lets pass in %s: %s", (file, code) => {
    expect(lint(path.join(root, file), code)).toEqual([]);
  });
});

describe("no-import-cycle", () => {
  function lintFiles(files: Record<string, string>): string[] {
    using folder = temporaryFolder();
    for (const [name, code] of Object.entries(files)) writeFileSync(path.join(folder.path, name), code);
    return Object.entries(files)
      .flatMap(([name, code]) => lint(path.join(folder.path, name), code))
      .filter((message) => message.startsWith("Import cycle"));
  }

  it("shows the way round, from each file on it", () => {
    const messages = lintFiles({
      "a.ts": `import { b } from "./b.ts";`,
      "b.ts": `export * from "./c.ts";`,
      "c.ts": `import "./a.ts";`,
      "d.ts": `import "./a.ts";`,
    });
    expect(messages).toEqual([
      "Import cycle: a.ts -> b.ts -> c.ts -> a.ts",
      "Import cycle: b.ts -> c.ts -> a.ts -> b.ts",
      "Import cycle: c.ts -> a.ts -> b.ts -> c.ts",
    ]);
  });

  it("counts imports of types", () => {
    const messages = lintFiles({
      "a.ts": `import type { B } from "./b.ts";`,
      "b.ts": `export type B = import("./a.ts").A;`,
    });
    expect(messages).toEqual(["Import cycle: a.ts -> b.ts -> a.ts", "Import cycle: b.ts -> a.ts -> b.ts"]);
  });

  it("finds none where two ways lead to one file", () => {
    const messages = lintFiles({
      "a.ts": `import "./b.ts"; import "./c.ts";`,
      "b.ts": `import "./d.ts";`,
      "c.ts": `import "./d.ts";`,
      "d.ts": `import "node:fs";`,
    });
    expect(messages).toEqual([]);
  });
});
