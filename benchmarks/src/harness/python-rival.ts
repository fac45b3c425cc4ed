/**
 * Rivals written in Python: asyncio on CPython, and uvloop, which is compiled for one Python and may not be there for the newest.
 *
 * So that the two are not mistaken for two versions of Python, asyncio is measured on uvloop's Python as well, where that is another one.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { findCPython, oldestPython } from "@async/verification";

import { ChildContestant } from "./child-contestant.ts";
import { type Contestant, type Rival, RivalMissing } from "./rival.ts";

const server = fileURLToPath(new URL("serve.py", import.meta.url));

/** Debian's `python3-uvloop` belongs to the system's own Python, which a newer one may hide. */
const uvloopPythons = ["python3.14", "python3.13", "python3", "/usr/bin/python3"] as const;
const uvloopProbe = "import platform, uvloop; print(platform.python_version())";

/** CPython in a version whose asyncio is the one that ours is held to. */
export function asyncio(module: URL, name = "asyncio"): Rival {
  return {
    name,
    async start(node) {
      const python = findCPython();
      if (python === null) throw new RivalMissing(`there is no CPython ${oldestPython} or newer`);
      return serve(python.command, module, { ...python.environment, NODE: node.program });
    },
  };
}

export function uvloop(module: URL): Rival {
  return {
    name: "uvloop",
    async start(node) {
      return serve(findUvloop().command, module, { ...process.env, NODE: node.program }, "uvloop");
    },
  };
}

/** asyncio without uvloop, on uvloop's Python. */
export function asyncioOfUvloop(module: URL): Rival {
  return {
    name: "asyncio of uvloop's Python",
    async start(node) {
      const { command, version } = findUvloop();
      if (findCPython()?.version === version) throw new RivalMissing("it is asyncio's own");
      return serve(command, module, { ...process.env, NODE: node.program });
    },
  };
}

function findUvloop(): { command: string; version: string } {
  for (const command of uvloopPythons) {
    const probe = spawnSync(command, ["-c", uvloopProbe], { encoding: "utf8" });
    if (probe.status === 0) return { command, version: probe.stdout.trim() };
  }
  throw new RivalMissing(`no Python here has the module uvloop (Debian: python3-uvloop)`);
}

/** @param environment - also names the NODE that the works may start as the other end of a connection */
function serve(
  command: string,
  module: URL,
  environment: NodeJS.ProcessEnv,
  ...args: readonly string[]
): Promise<Contestant> {
  return ChildContestant.start(command, ["-B", server, fileURLToPath(module), ...args], environment);
}
