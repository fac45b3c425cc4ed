/** played: a scene, with real workers, and what it told. */
import { run } from "@async/task";
import { workerWatch } from "@async/test-kit";
import { expect } from "vitest";

import type { Scene } from "../../src/scene.ts";

/** Resolves to the lines, `code: outcome`, once the scene is over. It has to leave no worker behind. */
export function played({ play }: Scene): Promise<string[]> {
  return run(async () => {
    using watch = workerWatch();
    const lines: string[] = [];
    await play({ workers: 2, say: (code, outcome) => lines.push(`${code.trim()}: ${outcome}`) });
    expect(watch.alive).toBe(0);
    return lines;
  });
}
