/** buildPackages: the packages as they are published, in a folder of their own, so that their imports of each other lead to built files too. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const MODULES = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const NAMES = ["futures", "loop", "task", "sync", "pool"] as const;

interface Manifest {
  readonly type: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> };
}

/** Resolves to a folder from which they can be imported; it is gone when the process ends. */
export async function buildPackages(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "built-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const modules = path.join(folder, "node_modules");
  for (const name of NAMES) {
    await buildPackage(realpathSync(path.join(MODULES, "@async", name)), path.join(modules, "@async", name));
  }
  symlinkSync(realpathSync(path.join(MODULES, "workerpool")), path.join(modules, "workerpool"));
  return folder;
}

/** With the options that tsup gives to esbuild for a release. */
async function buildPackage(source: string, target: string): Promise<void> {
  const { type, exports, publishConfig } = JSON.parse(
    readFileSync(path.join(source, "package.json"), "utf8"),
  ) as Manifest;
  const entryPoints = Object.values(exports)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(source, file));
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, "package.json"), JSON.stringify({ type, exports: publishConfig.exports }));
  await build({
    entryPoints,
    outdir: path.join(target, "dist"),
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node22.18",
  });
}
