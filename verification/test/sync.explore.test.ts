/** No order and no cancellation breaks a primitive of `@async/sync`. `pnpm explore` searches for longer. */
import { syncExplorations } from "../src/explored/explorations.ts";
import { testExplorations } from "./test-explorations.ts";

testExplorations(syncExplorations);
