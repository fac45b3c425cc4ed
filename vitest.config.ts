import path from "node:path";

import type { ViteUserConfig } from "vitest/config";

/** Serves a single package, which names this file in its `test` script, as well as the repository as a whole. */
const config: ViteUserConfig = {
  test: {
    include: ["**/test/**/*.test.ts"],
    // For the workers and programs that tests start: read as sources, they take twice the time to compile that they take to run.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, "node_modules/.cache/node") },
    // Concurrent tests start a process each: more at a time than there are processors would only disturb their clocks.
    maxConcurrency: 2,
    // A test that takes more than 0.25 s, as each does that starts a program or a compiler. While you work: `--tags-filter '!slow'`.
    tags: [{ name: "slow", description: "takes more than 0.25 s", timeout: 30_000 }],
    reporters: ["default", "json"],
    outputFile: { json: "reports/vitest.json" },
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      reporter: ["text", "html"],
    },
  },
};
export default config;
