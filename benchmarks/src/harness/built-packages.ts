/** buildPackages: the packages as they are published, in a folder of their own, so that their imports of each other lead to built files too. */
import {
  existsSync,
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

let built: Promise<string> | null = null;

/** Resolves to a folder from which they can be imported; it is gone when the process ends. */
export function buildPackages(): Promise<string> {
  return (built ??= buildAll());
}

async function buildAll(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "built-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const modules = path.join(folder, "node_modules");
  for (const name of NAMES) {
    await buildPackage(realpathSync(path.join(MODULES, "@async", name)), path.join(modules, "@async", name));
  }
  symlinkSync(realpathSync(path.join(MODULES, "workerpool")), path.join(modules, "workerpool"));
  return folder;
}

/** The options that tsup gives to esbuild for a release. */
const RELEASE = {
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node22.18",
} as const;

async function buildPackage(source: string, target: string): Promise<void> {
  const { type, exports, publishConfig } = JSON.parse(
    readFileSync(path.join(source, "package.json"), "utf8"),
  ) as Manifest;
  const entryPoints = Object.values(exports)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(source, file));
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, "package.json"), JSON.stringify({ type, exports: publishConfig.exports }));
  const outdir = path.join(target, "dist");
  await build({ ...RELEASE, entryPoints, outdir, splitting: true });
  // The script of workers is a file by itself.
  const script = path.join(source, "src/worker-script.ts");
  if (existsSync(script)) await build({ ...RELEASE, entryPoints: [script], outdir });
}
