/** The worker script of poolifier's threads. */
import { ThreadWorker } from "poolifier";

import { echo, spin } from "./worker-functions.ts";

export default new ThreadWorker({
  echo: (value?: number) => echo(value!),
  spin: (microseconds?: number) => spin(microseconds!),
});
