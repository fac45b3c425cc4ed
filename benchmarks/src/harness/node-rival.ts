/** nodeRival: a rival written in JavaScript, in a process of the Node that is measured. `ours` is one that uses our packages as they are published. */
import process from "node:process";
import { fileURLToPath } from "node:url";

import { buildPackages } from "./built-packages.ts";
import { ChildContestant } from "./child-contestant.ts";
import { libraryVersion } from "./library-version.ts";
import type { Rival } from "./rival.ts";

const server = fileURLToPath(new URL("serve.ts", import.meta.url));

/** @param library - the dependency that the rival stands for; none for the host's own means */
export function nodeRival(name: string, module: URL, library?: string): Rival {
  return {
    name,
    start(node) {
      const version = library === undefined ? `Node ${node.version}` : libraryVersion(library);
      return ChildContestant.start(node.program, ["--expose-gc", server, module.href, version], process.env);
    },
  };
}

export function ours(module: URL): Rival {
  return {
    name: "@async",
    async start(node) {
      const args = ["--expose-gc", server, module.href, `Node ${node.version}`, await buildPackages()];
      return ChildContestant.start(node.program, args, process.env);
    },
  };
}
