/** The worker script of poolifier's processes. */
import { ClusterWorker } from "poolifier";

import { echo, spin } from "./worker-functions.ts";

export default new ClusterWorker({
  echo: (value?: number) => echo(value!),
  spin: (microseconds?: number) => spin(microseconds!),
});
