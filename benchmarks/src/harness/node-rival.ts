/** nodeRival: a rival written in JavaScript, in a process of the Node that is measured. */
import process from "node:process";
import { fileURLToPath } from "node:url";

import { ChildContestant } from "./child-contestant.ts";
import { libraryVersion } from "./library-version.ts";
import type { Rival } from "./rival.ts";

const server = fileURLToPath(new URL("serve.ts", import.meta.url));

/** @param library - the dependency that the rival stands for; none for the host's own means, and for ours */
export function nodeRival(name: string, module: URL, library?: string): Rival {
  return {
    name,
    start(node) {
      const version = library === undefined ? `Node ${node.version}` : libraryVersion(library);
      return ChildContestant.start(node.program, ["--expose-gc", server, module.href, version], process.env);
    },
  };
}
