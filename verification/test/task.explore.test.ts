/** No order and no cancellation breaks a primitive of `@async/task`. `pnpm explore` searches for longer. */
import { taskExplorations } from "../src/explored/explorations.ts";
import { testExplorations } from "./test-explorations.ts";

testExplorations(taskExplorations);
