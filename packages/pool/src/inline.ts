/**
 * inline: a function that is sent as its source text, for a few lines that need nothing around them.
 *
 * The text is all that arrives: not the variables around the function, nor what its module has imported. What can be seen to break in the worker is
 * refused here. A name from outside that cannot be seen so makes the call fail with a ReferenceError. In doubt use `workerModule`.
 */
import { inspect } from "node:util";
import { Script } from "node:vm";

import { makeReference } from "./worker-module.ts";

/**
 * Returns the function as something that can be submitted.
 *
 * @throws TypeError for what cannot travel as text: a method, a class, a generator, a native or bound function; one that uses `this`, `super` or
 * `import`; one that a tool has rewritten so that it needs the tool's own names.
 *
 * @example
 * ```ts
 * import { ThreadPoolExecutor, inline } from "@async/pool";
 *
 * await using pool = new ThreadPoolExecutor();
 * console.log(await pool.submit(inline((a: number, b: number) => a * b), 6, 7)); // 42
 * ```
 */
export function inline<F extends (...args: never[]) => unknown>(fn: F): F {
  if (typeof fn !== "function")
    throw new TypeError(`inline takes a function, got ${inspect(fn, { depth: 0 })}`);
  const source = Function.prototype.toString.call(fn);
  const fault = faultIn(source, fn);
  if (fault !== null)
    throw new TypeError(
      `inline: ${fn.name || "the function"} ${fault}; export it from a module and use workerModule(new URL("./work.ts", import.meta.url))`,
    );
  return makeReference({ source, name: fn.name || "(anonymous)" }) as never;
}

/** Comments, and literals in which any word may stand. */
const NO_CODE = /\/\*[^]*?\*\/|\/\/.*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g;

const FAULTS: readonly (readonly [pattern: RegExp, fault: string])[] = [
  [/\bimport\b/, "imports something, which in the worker would be looked for in another place"],
  [/\b(?:this|super)\b/, "uses this or super, and there is no object in the worker"],
  [/\b__name\(/, "was rewritten by a build tool, and calls its __name, which is not in the worker"],
  [/\bcov_\w+\(/, "was rewritten to measure coverage, and counts into a variable that is not in the worker"],
  [/\b__vi(?:te)?_\w+/, "was rewritten by vite or vitest, and uses imports that are not in the worker"],
];

/** Returns what keeps the function from travelling, null if nothing is seen. */
function faultIn(source: string, fn: object): string | null {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) return "is native or bound, and has no source text";
  if (/^class\b/.test(source)) return "is a class, and cannot be called";
  if (fn.constructor.name.includes("Generator")) return "is a generator, whose iterator cannot be sent back";
  if (!isExpression(source)) return "is a method, whose source text is no function by itself";
  const code = source.replace(NO_CODE, " ");
  return FAULTS.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}

function isExpression(source: string): boolean {
  try {
    new Script(`(${source}\n)`);
    return true;
  } catch {
    return false;
  }
}
