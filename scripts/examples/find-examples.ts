/**
 * Finds the examples in a document: each block of TypeScript in Markdown, or in the doc comments of a source file.
 *
 * There is no way to leave one out. Code that is not meant to run is not TypeScript (`text`, `sh`); a block without a
 * language, or with another name for this one, is refused, so that none escapes by it.
 */

export interface Example {
  /** Where it stands, relative to the root. */
  readonly file: string;
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
}

interface Fence {
  readonly indent: string;
  readonly marks: string;
  readonly info: string;
}

const otherNames = new Set(["", "typescript", "mts", "cts", "tsx", "js", "javascript", "mjs", "cjs", "jsx"]);

/** @throws Error for a block that would not be run although it should, and for an `@example` without a block. */
export function findExamples(file: string, text: string): Example[] {
  return findBlocks(file, file.endsWith(".md") ? text : docCommentsOf(file, text));
}

function findBlocks(file: string, text: string): Example[] {
  const examples: Example[] = [];
  let opening: (Fence & { line: number }) | null = null;
  let code: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const fence = fenceOf(line);
    if (opening === null) {
      if (fence === null) continue;
      opening = { ...fence, line: index + 1 };
      code = [];
      if (otherNames.has(languageOf(opening))) {
        throw new Error(`${file}:${opening.line}: a block of "${opening.info}"; name it ts, and it is run`);
      }
    } else if (fence?.marks.startsWith(opening.marks) && fence.info === "") {
      if (languageOf(opening) === "ts")
        examples.push({ file, line: opening.line + 1, code: code.join("\n") });
      opening = null;
    } else {
      code.push(line.startsWith(opening.indent) ? line.slice(opening.indent.length) : line);
    }
  }
  if (opening !== null) throw new Error(`${file}:${opening.line}: this block has no end`);
  return examples;
}

function fenceOf(line: string): Fence | null {
  const [match, indent = "", marks = "", info = ""] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  return match === undefined ? null : { indent, marks, info: info.trim() };
}

function languageOf({ info }: Fence): string {
  return (info.split(/[\s{,]/)[0] ?? "").toLowerCase();
}

/** Returns the text of the doc comments alone, each line where it was, without the stars. */
function docCommentsOf(file: string, text: string): string {
  const lines: string[] = [];
  let isInside = false;
  let isExample = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*\/\*\*/.test(line)) isInside = true;
    const content = isInside ? line.replace(/^\s*(\/\*\*|\*(?!\/)) ?/, "").replace(/\s*\*\/\s*$/, "") : "";
    lines.push(content);
    if (isExample && (content.trim().startsWith("@") || line.includes("*/"))) {
      throw new Error(`${file}:${index + 1}: the @example above has no block; write it as \`\`\`ts`);
    }
    if (content.trim().startsWith("@example")) isExample = true;
    if (fenceOf(content) !== null) isExample = false;
    if (line.includes("*/")) isInside = false;
  }
  return lines.join("\n");
}
