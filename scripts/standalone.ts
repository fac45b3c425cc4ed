/**
 * Checks that each package stands alone: packed, and installed with npm into an empty project together with the packages
 * that it depends on.
 *
 * There its types resolve both ways (`nodenext`, `bundler`), `import` and `require` give the same classes, and a small
 * program (`standalone/NAME.ts`) runs, on every Node that we support.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { installedRuntimes } from "@async/runtimes";

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const root = path.resolve(import.meta.dirname, "..");
const packages = new Map(
  globSync("packages/*", { cwd: root })
    .sort()
    .map((folder) => [readManifest(folder).name, folder]),
);
const nodes = installedRuntimes().filter(({ name }) => name.startsWith("node-"));
const nodeTypes = `@types/node@${readManifest(".").devDependencies?.["@types/node"]}`;

for (const name of packages.keys()) {
  const project = mkdtempSync(path.join(tmpdir(), "standalone-"));
  try {
    installAlone(name, project);
    checkTypes(project);
    for (const { name: node, command } of nodes) {
      checkRuns(name, project, command[0]);
      console.log(`${name} stands alone on ${node}`);
    }
  } finally {
    rmSync(project, { recursive: true });
  }
}

function installAlone(name: string, project: string): void {
  writeJson(path.join(project, "package.json"), { private: true, type: "module" });
  const tarballs = withDependencies(name).map((folder) => path.join(root, folder, ".turbo/package.tgz"));
  run(project, "npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...tarballs, nodeTypes]);
  const program = path.join(import.meta.dirname, "standalone", `${path.basename(name)}.ts`);
  copyFileSync(program, path.join(project, "program.ts"));
}

/** The types of what is installed are checked too (`skipLibCheck: false`), so that our declarations are sound. */
function checkTypes(project: string): void {
  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    writeJson(path.join(project, "tsconfig.json"), {
      compilerOptions: {
        target: "ES2024",
        lib: ["ES2024", "ESNext.Disposable"],
        types: ["node"],
        module,
        moduleResolution,
        strict: true,
        skipLibCheck: false,
        noEmit: true,
      },
      files: ["program.ts"],
    });
    run(project, path.join(root, "node_modules/.bin/tsc"), []);
  }
}

function checkRuns(name: string, project: string, node: string): void {
  run(project, node, ["--disable-warning=ExperimentalWarning", "program.ts"]);
  const sameClasses = `
    const required = require(${JSON.stringify(name)});
    import(${JSON.stringify(name)}).then((imported) => {
      const names = Object.keys(imported);
      if (names.length === 0) throw new Error("nothing is exported");
      for (const name of names) if (required[name] !== imported[name]) throw new Error(name + " exists twice");
    });`;
  run(project, node, [
    "--disable-warning=ExperimentalWarning",
    "--input-type=commonjs",
    "--eval",
    sameClasses,
  ]);
}

/** Returns the folders of the package and of those of ours that it depends on, near or far. */
function withDependencies(name: string): string[] {
  const folder = packages.get(name);
  if (folder === undefined) return [];
  const needed = Object.keys(readManifest(folder).dependencies ?? {}).flatMap(withDependencies);
  return [...new Set([folder, ...needed])];
}

function run(project: string, program: string, args: readonly string[]): void {
  execFileSync(program, args, { cwd: project, stdio: "inherit" });
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")) as Manifest;
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value, null, 2));
}
