import { UsageError } from "@async/futures";
import { errorOf, temporaryFolder } from "@async/test-kit";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

import { workerModule } from "../src/index.ts";
import { POOLS, sharedPool, work } from "./pools.ts";
import type * as functions from "./work.ts";

/** What the modules below export, if anything. */
type Exports = Record<"half" | "arrow" | "default" | "three" | "fn" | "count", (value?: unknown) => unknown>;

describe.each(POOLS)("workerModule in $kind", { tags: ["slow"] }, ({ Pool }) => {
  const shared = sharedPool(Pool);

  const moduleOf = (folder: string, name: string, source: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, source);
    return workerModule<Exports>(pathToFileURL(file));
  };

  it("takes TypeScript sources, and modules of JavaScript", async () => {
    using folder = temporaryFolder();
    const { half } = moduleOf(folder.path, "half.mjs", "export const half = (value) => value / 2;");
    expect([await shared.pool.submit(work.add, 1, 2), await shared.pool.submit(half, 4)]).toEqual([3, 2]);
  });

  it("takes a default export, a re-export, and an arrow function", async () => {
    using folder = temporaryFolder();
    moduleOf(folder.path, "arrow.mjs", "export const arrow = () => 'arrow';");
    const module = moduleOf(
      folder.path,
      "index.mjs",
      "export { arrow } from './arrow.mjs'; export default function () { return 'default'; }",
    );
    expect(await shared.pool.submit(module.arrow)).toBe("arrow");
    expect(await shared.pool.submit(module.default)).toBe("default");
  });

  it("takes a URL as a text, too, and names with spaces and umlauts in it", async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, "größte gemeinsame.mjs");
    writeFileSync(file, "export const one = () => 1;");
    const module = workerModule<{ one: () => number }>(pathToFileURL(file).href);
    expect(await shared.pool.submit(module.one)).toBe(1);
  });

  it("a missing file is told on the future of the call, by its URL", async () => {
    const missing = workerModule<{ fn: () => void }>(new URL("./no-such-module.ts", import.meta.url));
    const error = await errorOf(shared.pool.submit(missing.fn));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain("no-such-module.ts");
    expect(error.message).toContain("no such file");
  });

  it.each([
    ["file", "import './absent.mjs'", /absent\.mjs' imported from .*needs-file\.mjs/],
    ["package", "import 'absent-package'", /'absent-package' imported from .*needs-package\.mjs/],
  ])(
    "a missing %s that the module imports is told, with the one that imports it",
    async (kind, source, message) => {
      using folder = temporaryFolder();
      const module = moduleOf(folder.path, `needs-${kind}.mjs`, `${source}; export const fn = () => 1;`);
      const error = await errorOf(shared.pool.submit(module.fn));
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain("no such file");
    },
  );

  it.each([
    ["undefined", "throw undefined", "undefined"],
    ["null", "throw null", "null"],
    ["a symbol", "throw Symbol('s')", "Symbol(s)"],
    ["an object without prototype", "throw Object.create(null)", "[Object: null prototype] {}"],
    ["an object whose message throws", "throw { get message() { throw 1; } }", "{ message: [Getter] }"],
    ["an object whose message is a symbol", "throw { message: Symbol('m') }", "{ message: Symbol(m) }"],
    ["an error without message", "throw new RangeError()", "RangeError"],
    [
      "what cannot be shown",
      "throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw 1; } }",
      "object that",
    ],
  ])("a module that throws %s is told by its URL, with what it has thrown", async (_, source, shown) => {
    using folder = temporaryFolder();
    const module = moduleOf(folder.path, "odd.mjs", `${source}; export const fn = 1;`);
    const error = await errorOf(shared.pool.submit(module.fn));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^The worker could not import file:.*odd\.mjs: it has thrown /);
    expect(error.message).toContain(`it has thrown ${shown}`);
  });

  it("an export named then is told: it makes the module a promise for import()", async () => {
    using folder = temporaryFolder();
    const module = moduleOf(
      folder.path,
      "then.mjs",
      "export const fn = () => 1; export function then(resolve) { resolve(null); }",
    );
    const error = await errorOf(shared.pool.submit(module.fn));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/then\.mjs: it exports a function named then/);
  });

  it("a missing export is told, with the names that there are", async () => {
    using folder = temporaryFolder();
    const module = moduleOf(
      folder.path,
      "two.mjs",
      "export const one = () => 1; export const two = () => 2;",
    );
    const error = await errorOf(shared.pool.submit(module.three));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/two\.mjs has no export named three.*one.*two/s);
  });

  it("an export that is no function is told, with what it is", async () => {
    const error = await errorOf(shared.pool.submit(Reflect.get(work, "notAFunction") as () => void));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/notAFunction.*no function.*42/s);
  });

  it("TypeScript that Node cannot strip is told, with the file", async () => {
    using folder = temporaryFolder();
    const module = moduleOf(
      folder.path,
      "colour.ts",
      "enum Colour { Red }\nexport const fn = () => Colour.Red;",
    );
    const error = await errorOf(shared.pool.submit(module.fn));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/colour\.ts.*enum/s);
  });

  it("a module with a syntax error, or that throws, is told with that error as the cause", async () => {
    using folder = temporaryFolder();
    const broken = moduleOf(folder.path, "broken.mjs", "export const fn = (;");
    const error = await errorOf(shared.pool.submit(broken.fn));
    expect(error.message).toContain("broken.mjs");
    expect(error.cause).toBeInstanceOf(SyntaxError);
    const throwing = moduleOf(
      folder.path,
      "throwing.mjs",
      "throw new RangeError('at import'); export const fn = 1;",
    );
    expect((await errorOf(shared.pool.submit(throwing.fn))).cause).toMatchObject({
      message: "at import",
    });
  });

  it("a module that waits at its top is waited for, and the calls come in order", async () => {
    using folder = temporaryFolder();
    const source = `
      await new Promise((resolve) => setTimeout(resolve, 20));
      let calls = 0;
      export const count = () => (calls += 1);
    `;
    await using pool = new Pool({ maxWorkers: 1 });
    const { count } = moduleOf(folder.path, "slow.mjs", source);
    expect(await Promise.all([1, 2, 3].map(() => pool.submit(count)))).toEqual([1, 2, 3]);
  });

  it("one bad module leaves calls of others in the same turn alone", async () => {
    const missing = workerModule<{ fn: () => void }>(new URL("./no-such-module.ts", import.meta.url));
    const good = shared.pool.submit(work.identity, 1);
    const bad = errorOf(shared.pool.submit(missing.fn));
    const next = shared.pool.submit(work.identity, 2);
    expect([await good, (await bad).name, await next]).toEqual([1, "UsageError", 2]);
  });
});

describe("workerModule", () => {
  it("refuses what is no URL of a file, and says how to write one", () => {
    for (const url of ["./work.ts", "work", "", null, undefined, 1, {}]) {
      expect(() => workerModule(url as never)).toThrow(/new URL\(/);
    }
  });

  it("gives the same reference for the same export", () => {
    expect(work.add).toBe(work.add);
    const again = workerModule<typeof functions>(new URL("./work.ts", import.meta.url));
    expect(again.add.name).toBe("add");
  });

  it("is no promise, so that it can be returned by an async function", async () => {
    const module = await (async () => work)();
    expect(module.add.name).toBe("add");
  });

  it("a reference that is called here says that it is for a pool", () => {
    expect(() => work.add(1, 2)).toThrow(/submit/);
  });
});
