/** What the lint rules about imports share: how to visit every import of a file, types included. */
import type { Rule } from "eslint";

const nameOfModule =
  ":matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression, TSImportType) > Literal.source";

/** Returns the listener that calls `visit` with the module named in each import, and the node to report on. */
export function forEachImport(visit: (source: string, node: Rule.Node) => void): Rule.RuleListener {
  return {
    [nameOfModule](node: Rule.Node) {
      if (node.type === "Literal" && typeof node.value === "string") visit(node.value, node);
    },
  };
}

/** Whether an import names a file, beside or above the one that imports. */
export function isRelative(source: string): boolean {
  return source.startsWith("./") || source.startsWith("../");
}
