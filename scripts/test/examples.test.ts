/** The tool that runs the examples: what it finds, and that it names the place of what fails. */
import { describe, expect, it } from "vitest";

import { typeErrors } from "../examples/check-types.ts";
import { findExamples } from "../examples/find-examples.ts";
import { runExample } from "../examples/run-example.ts";

function example(...code: string[]): { file: string; line: number; code: string } {
  return { file: "docs/a.md", line: 10, code: code.join("\n") };
}

describe("findExamples", () => {
  it("finds the blocks of TypeScript in Markdown, and leaves others out", () => {
    const text = [
      "# A",
      "```ts",
      "one();",
      "```",
      "```sh",
      "pnpm test",
      "```",
      "- b",
      "  ```ts",
      "  two();",
      "  ```",
    ];
    expect(findExamples("a.md", text.join("\n"))).toEqual([
      { file: "a.md", line: 3, code: "one();" },
      { file: "a.md", line: 10, code: "two();" },
    ]);
  });

  it("takes a block inside a longer fence for text", () => {
    expect(findExamples("a.md", "````md\n```ts\none();\n```\n````")).toEqual([]);
  });

  it("finds the blocks in doc comments, and no others", () => {
    const text = [
      "const no = `",
      "```ts",
      "no();",
      "```",
      "`;",
      "  /**",
      "   * Does it.",
      "   * @example",
      "   * ```ts",
      "   * if (yes) {",
      "   *   yes();",
      "   * }",
      "   * ```",
      "   */",
    ];
    expect(findExamples("a.ts", text.join("\n"))).toEqual([
      { file: "a.ts", line: 10, code: "if (yes) {\n  yes();\n}" },
    ]);
  });

  it.each(["js", "typescript", ""])("refuses a block of %j, which would not be run", (language) => {
    const text = `\n\`\`\`${language}\none();\n\`\`\``;
    expect(() => findExamples("a.md", text)).toThrow(`a.md:2: a block of "${language}"`);
  });

  it("refuses a block without an end", () => {
    expect(() => findExamples("a.md", "\n```ts\none();")).toThrow("a.md:2: this block has no end");
  });

  it("refuses an @example that is no block", () => {
    expect(() => findExamples("a.ts", "/**\n * @example\n * one();\n */")).toThrow(
      "a.ts:4: the @example above",
    );
  });
});

describe("typeErrors", { tags: ["slow"] }, () => {
  it("names the place of each error", () => {
    const wrong = example("const a = 1;", "const b: string = a;");
    expect(typeErrors([example("export {};"), wrong])).toEqual([
      "docs/a.md:11: Type 'number' is not assignable to type 'string'.",
    ]);
  });

  it("refuses an import that is not public", () => {
    expect(typeErrors([example(`import "@async/futures/src/future.ts";`)])).toEqual([
      expect.stringContaining("docs/a.md:10: Cannot find module"),
    ]);
  });

  it("keeps the names of one example from another", () => {
    expect(typeErrors([example("const a = 1;"), example("const a = 2;")])).toEqual([]);
  });
});

describe("runExample", { tags: ["slow"] }, () => {
  it("is content with an example that runs and prints what it says", async () => {
    const good = example(
      `import { Future } from "@async/futures";`,
      `for (const value of [1, 2]) console.log(value); // 1, 2`,
      `console.log(typeof Future, { a: 1 }); // function { a: 1 }`,
      `console.log("unclaimed");`,
    );
    expect(await runExample(good)).toEqual([]);
  });

  it("shows where an example throws", async () => {
    const [fault, ...others] = await runExample(example("const a = 1;", `throw new Error("no " + a);`));
    expect(others).toEqual([]);
    expect(fault).toContain("docs/a.md:10: ended with exit code 1");
    expect(fault).toContain("docs/a.md:11");
    expect(fault).toContain("Error: no 1");
  });

  it("shows what a line printed instead, and which line printed nothing", async () => {
    const wrong = example(`console.log(1); // 2`, `if (Date.now() === 0) console.log(3); // 3`);
    expect(await runExample(wrong)).toEqual([
      "docs/a.md:10: printed: 1, but the comment says: 2",
      "docs/a.md:11: printed nothing, but the comment says: 3",
    ]);
  });

  it("fails an example that never gets past an await", async () => {
    const [fault] = await runExample(example("await new Promise(() => {});"));
    expect(fault).toContain("docs/a.md:10: ended with exit code 13");
  });
});
