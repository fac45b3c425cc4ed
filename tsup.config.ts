import type { Options } from "tsup";

/** Builds the package in whose folder tsup runs; its `build` script names the entry files. */
const config: Options = {
  format: ["esm"],
  target: "node22.18",
  platform: "node",
  dts: true,
  removeNodeProtocol: false,
  sourcemap: true,
  clean: true,
  // Entries share their chunks: there is one copy of every class.
  splitting: true,
  treeshake: false,
};
export default config;
