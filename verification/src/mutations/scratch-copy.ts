/**
 * ScratchCopy: a copy of the packages and their tests in a temporary folder, to be broken. The working tree is only read.
 *
 * Links between the packages are relative, so in the copy they lead to the copies; what was installed from elsewhere is shared.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const COPIED = [
  "package.json",
  "tsconfig.base.json",
  "vitest.config.ts",
  "packages",
  "test-kit",
  "verification",
];
/** Made by others of our commands, and large. */
const LEFT_OUT = new Set(["dist", "reports", "coverage", "fixtures", ".turbo", ".vite", ".vitest-cache"]);

export class ScratchCopy implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), "mutations-"));

  constructor() {
    for (const name of COPIED)
      cpSync(path.join(root, name), path.join(this.folder, name), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (source) => !LEFT_OUT.has(path.basename(source)),
      });
    // A folder of its own, in which the test runner may keep what it likes.
    mkdirSync(path.join(this.folder, "node_modules"));
    for (const name of readdirSync(path.join(root, "node_modules")).filter((name) => !LEFT_OUT.has(name)))
      symlinkSync(path.join(root, "node_modules", name), path.join(this.folder, "node_modules", name));
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
