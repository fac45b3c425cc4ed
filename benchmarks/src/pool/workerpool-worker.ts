/** The worker script of workerpool. */
import workerpool from "workerpool";

import { echo, spin } from "./worker-functions.ts";

workerpool.worker({ echo, spin });
