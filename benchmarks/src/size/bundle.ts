/** The size of a program as it would be shipped: one file with all that it imports, minified and gzipped. */
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

import { type BuildOptions, build } from "esbuild";

const FOLDER = fileURLToPath(new URL("programs/", import.meta.url));

/** Resolves to the bytes of the program whose text is given. */
export function bundledSize(text: string): Promise<number> {
  return sizeOf({ stdin: { contents: text, resolveDir: FOLDER, loader: "ts" } });
}

/** Resolves to the bytes of a program in the folder `programs`. */
export function bundledSizeOfFile(file: string): Promise<number> {
  return sizeOf({ entryPoints: [`${FOLDER}${file}`] });
}

async function sizeOf(input: BuildOptions): Promise<number> {
  const { outputFiles } = await build({
    ...input,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    treeShaking: true,
  });
  return gzipSync(outputFiles[0]!.contents, { level: constants.Z_BEST_COMPRESSION }).length;
}
