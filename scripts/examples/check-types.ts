/** Checks the types of the examples, all in one program, as those of a file that uses the packages. */
import path from "node:path";

import ts from "typescript";

import type { Example } from "./find-examples.ts";

const folder = import.meta.dirname;

/** Returns one line for each error, with the file and the line where the example stands. */
export function typeErrors(examples: readonly Example[]): string[] {
  const options = readOptions();
  const host = ts.createCompilerHost(options);
  // Their home is here, where `@async/...` resolves as in any package that depends on ours.
  const files = new Map(
    examples.map((example, index) => [path.join(folder, `example-${index}.ts`), example]),
  );
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  host.readFile = (file) => files.get(file)?.code ?? ts.sys.readFile(file);

  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0 } = diagnostic;
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    if (file === undefined) return text;
    const row = file.getLineAndCharacterOfPosition(start).line;
    const example = files.get(path.normalize(file.fileName));
    if (example === undefined) return `${file.fileName}:${row + 1}: ${text}`;
    return `${example.file}:${example.line + row}: ${text}`;
  });
}

function readOptions(): ts.CompilerOptions {
  const base = path.resolve(folder, "../../tsconfig.base.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(base, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    path.dirname(base),
  );
  return {
    ...options,
    // An example may name what it does not use, and exports nothing.
    noUnusedLocals: false,
    noUnusedParameters: false,
    declaration: false,
  };
}
