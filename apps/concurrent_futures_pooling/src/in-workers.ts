/** inWorkers: the functions of `work.ts` by name, to be submitted. A worker imports the module itself, and finds them in it. */
import { workerModule } from "@async/pool";

import type * as work from "./work.ts";

export const workUrl = new URL("./work.ts", import.meta.url);
export const inWorkers = workerModule<typeof work>(workUrl);
