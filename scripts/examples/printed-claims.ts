/**
 * What an example says that it prints: `console.log(value); // 42` claims that this line prints 42.
 *
 * A line that prints several times claims all of it, joined by commas: `// 1, 2, 3`. The example runs with its
 * `console.log` replaced on each such line by one that also reports what it printed (see `report-printed.ts`).
 */
import ts from "typescript";

export interface Claim {
  /** Counted from 1, in the document. */
  readonly line: number;
  readonly text: string;
}

/** What a line printed, once for each time that it ran. */
export type Printed = readonly [line: number, text: string];

/** Returns the claims of an example, and its code as it has to run for them to be checked. */
export function readClaims(code: string, firstLine: number): { claims: Claim[]; code: string } {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest);
  const claims: Claim[] = [];
  let rewritten = "";
  let copied = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === "console.log") {
      const text = commentBehind(code, node.end);
      if (text !== null) {
        const line = firstLine + source.getLineAndCharacterOfPosition(node.end).line;
        claims.push({ line, text });
        rewritten += `${code.slice(copied, node.expression.getStart(source))}console.reportedLog(${line})`;
        copied = node.expression.end;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { claims, code: rewritten + code.slice(copied) };
}

/** Returns the comment that ends the line, if nothing but closing brackets stands before it. */
function commentBehind(code: string, position: number): string | null {
  const [rest = ""] = code.slice(position).split("\n", 1);
  return /^[\s;,)}\]]*\/\/ ?(.*)$/.exec(rest)?.[1]?.trimEnd() ?? null;
}

/** Returns one line for each claim that does not hold. */
export function brokenClaims(file: string, claims: readonly Claim[], printed: readonly Printed[]): string[] {
  return claims.flatMap((claim) => {
    const texts = printed.filter(([line]) => line === claim.line).map(([, text]) => text);
    if (texts.length === 0)
      return [`${file}:${claim.line}: printed nothing, but the comment says: ${claim.text}`];
    const text = texts.join(", ");
    return text === claim.text
      ? []
      : [`${file}:${claim.line}: printed: ${text}, but the comment says: ${claim.text}`];
  });
}
