/** inProcessRival: a rival that is not run but looked at, as a bundle is, or whose works are processes of their own. */
import type { Benchmark, WorksOf } from "./benchmark.ts";
import type { NodeVersion } from "./node-version.ts";
import type { Rival } from "./rival.ts";

/** @param worksOn - returns the works on that Node; each has to record its value */
export function inProcessRival(
  name: string,
  version: string,
  worksOn: (node: NodeVersion) => WorksOf<Benchmark> | Promise<WorksOf<Benchmark>>,
): Rival {
  return {
    name,
    async start(node) {
      const works = await worksOn(node);
      return {
        version,
        works: new Set(Object.keys(works)),
        async run(work, sizes) {
          let value = NaN;
          const noClock = () => undefined;
          const meter = {
            start: noClock,
            stop: noClock,
            record: (recorded: number) => void (value = recorded),
          };
          const done = await works[work]!(sizes, meter);
          return { done, value, recorded: true };
        },
        stop: async () => undefined,
      };
    },
  };
}
