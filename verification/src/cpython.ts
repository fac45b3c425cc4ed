/**
 * CPython: found on this machine, and asked what it does with a program. The code that it runs is in `recorder/`.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { parseRecordings } from "./fixtures.ts";
import type { Observation, Program, Recording } from "./program.ts";

/** The first version whose asyncio is the one that the fixtures were recorded with. */
export const oldestPython = "3.13";

/** Commands that may be CPython, the newest first. */
export const pythonCommands = ["python3.14", "python3.13", "python3"] as const;

/** Prints the version of a CPython that is new enough; fails on any other Python. */
const versionProbe = `
import platform, sys
supported = platform.python_implementation() == "CPython" and sys.version_info >= (${oldestPython.replace(".", ", ")})
print(platform.python_version()) if supported else sys.exit(1)
`;

/** Returns null when none of the commands is a CPython that is new enough, nor any that pyenv keeps. */
export function findCPython(): CPython | null {
  for (const environment of [process.env, ...pyenvEnvironments()]) {
    for (const command of pythonCommands) {
      const probe = spawnSync(command, ["-c", versionProbe], { encoding: "utf8", env: environment });
      if (probe.status === 0) return new CPython(command, probe.stdout.trim(), environment);
    }
  }
  return null;
}

/** The environments in which pyenv's `python3` is one of the versions that it keeps, the newest first; none without pyenv. */
function pyenvEnvironments(): NodeJS.ProcessEnv[] {
  const { stdout } = spawnSync("pyenv", ["versions", "--bare"], { encoding: "utf8" });
  const versions = (stdout as string | null)?.split("\n").filter((line) => /^3\.\d+\.\d+$/.test(line)) ?? [];
  return versions.toReversed().map((version) => ({ ...process.env, PYENV_VERSION: version }));
}

export class CPython {
  readonly version: string;
  readonly command: string;
  /** In which the command is this CPython. */
  readonly environment: NodeJS.ProcessEnv;

  constructor(command: string, version: string, environment: NodeJS.ProcessEnv) {
    this.command = command;
    this.version = version;
    this.environment = environment;
  }

  /** Returns `count` fresh programs with what CPython does with them; the same for the same seed. */
  generate(count: number, seed: number): Recording[] {
    return parseRecordings(this.#recorder(["generate", "--count", `${count}`, "--seed", `${seed}`]));
  }

  /** Returns what CPython does with each program; null where its stack is too short for it. */
  record(programs: readonly Program[]): (Observation | null)[] {
    const lines = programs.map((program) => `${JSON.stringify(program)}\n`).join("");
    return this.#recorder(["record"], lines)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Observation | null);
  }

  #recorder(args: readonly string[], input = ""): string {
    const recorder = spawnSync(this.command, ["-B", "-m", "recorder", ...args], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      encoding: "utf8",
      env: this.environment,
      input,
      maxBuffer: Infinity,
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (recorder.error) throw recorder.error;
    if (recorder.status !== 0) throw new Error(`The recorder ended with exit code ${recorder.status}`);
    return recorder.stdout;
  }
}
