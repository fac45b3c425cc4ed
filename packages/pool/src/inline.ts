/**
 * inline: a function that is sent as its source text, for a few lines that need nothing around them.
 *
 * The text is all that arrives: not the variables around the function, nor what its module has imported. What can be seen to break in the worker is
 * refused here. A name from outside that cannot be seen so makes the call fail with a ReferenceError. In doubt use `workerModule`.
 */
import { types } from "node:util";
import { Script } from "node:vm";

import { functionName } from "./function-name.ts";
import { show } from "./show.ts";
import { makeReference } from "./worker-module.ts";

/**
 * Returns the function as something that can be submitted.
 *
 * @throws TypeError for what cannot travel as text: a method, a class, a generator, a native or bound function; one that uses `this` (also
 * in a function inside of it), an outer `super` or `import`; one that a tool has rewritten so that it needs the tool's own names.
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
  if (typeof fn !== "function") throw new TypeError(`inline takes a function, got ${show(fn)}`);
  const source = Function.prototype.toString.call(fn);
  const name = functionName(fn);
  const fault = faultIn(source, fn);
  if (fault !== null)
    throw new TypeError(
      `inline: ${name} ${fault}; export it from a module and use workerModule(new URL("./work.ts", import.meta.url))`,
    );
  return makeReference({ source, name }) as never;
}

/** Words that a function cannot use in the worker, wherever they stand in its code. */
const FAULTS: readonly (readonly [word: RegExp, fault: string])[] = [
  [/\bimport\b/g, "imports something, which in the worker would be looked for in another place"],
  [/\bthis\b/g, "uses this, and there is no object in the worker"],
  [/\b__name(?=\()/g, "was rewritten by a build tool, and calls its __name, which is not in the worker"],
  [
    /\bcov_\w+(?=\()/g,
    "was rewritten to measure coverage, and counts into a variable that is not in the worker",
  ],
  [/\b__vi(?:te)?_\w+/g, "was rewritten by vite or vitest, and uses imports that are not in the worker"],
];

/** Returns what keeps the function from travelling, null if nothing is seen. */
function faultIn(source: string, fn: object): string | null {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) return "is native or bound, and has no source text";
  if (/^class\b/.test(source)) return "is a class, and cannot be called";
  if (types.isGeneratorFunction(fn)) return "is a generator, whose iterator cannot be sent back";
  const syntaxError = syntaxErrorIn(source);
  if (syntaxError !== null)
    return `has a source text that is no function by itself, like that of a method (${syntaxError})`;
  return FAULTS.find(([word]) => usesWord(source, word))?.[1] ?? null;
}

/**
 * Says whether the word stands in the code itself. In a comment or a literal, or as the name of a property, any word may stand, also a reserved one
 * that has no meaning: the source still compiles with that in its place. So the compiler tells, and no parser of our own has to.
 */
function usesWord(source: string, word: RegExp): boolean {
  const replaced = source.replace(word, "enum");
  return replaced !== source && syntaxErrorIn(replaced) !== null;
}

function syntaxErrorIn(source: string): string | null {
  try {
    new Script(`(${source}\n)`);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
