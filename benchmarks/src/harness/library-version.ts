/** The versions of the libraries that rivals are made with: package.json names them exactly. */
import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** Returns a name such as `p-queue 10.0.0`. */
export function libraryVersion(library: string): string {
  return `${library} ${manifest.dependencies[library]!}`;
}
