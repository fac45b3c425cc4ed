/** nodeRival: a rival written in JavaScript, in a process of the Node that is measured. `ours` is one that uses our packages as they are published. */
import process from "node:process";
import { fileURLToPath } from "node:url";

import { buildPackages } from "./built-packages.ts";
import { ChildContestant } from "./child-contestant.ts";
import { libraryVersion } from "./library-version.ts";
import type { NodeVersion } from "./node-version.ts";
import type { Rival } from "./rival.ts";

const server = fileURLToPath(new URL("serve.ts", import.meta.url));

/** @param library - the dependency that the rival stands for; none for the host's own means */
export function nodeRival(name: string, module: URL, library?: string): Rival {
  return {
    name,
    start(node) {
      const version = library === undefined ? `Node ${node.version}` : libraryVersion(library);
      return serve(node, module.href, version);
    },
  };
}

export function ours(module: URL): Rival {
  return {
    name: "@async",
    start: async (node) => serve(node, module.href, `Node ${node.version}`, await buildPackages()),
  };
}

/** Starts the process; `args` are those of `serve.ts`. */
function serve({ program }: NodeVersion, ...args: readonly string[]): Promise<ChildContestant> {
  return ChildContestant.start(program, ["--expose-gc", server, ...args], process.env);
}
