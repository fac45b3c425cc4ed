// Programs and what comes of them
export { programRunner } from "./program-runner.ts";
export { runFile } from "./run-file.ts";
export { endOf, type Ended } from "./end-of.ts";
export { signalAt } from "./signal-at.ts";
// Calls that run elsewhere, and who runs them
export { gateKeeper, gateModule, passGate, type Gate, type GateKeeper } from "./gate-keeper.ts";
export { workerWatch, type WorkerWatch } from "./worker-watch.ts";
// What was thrown
export { errorOf } from "./error-of.ts";
export { thrownBy } from "./thrown-by.ts";
// Time
export { until } from "./until.ts";
export { within } from "./within.ts";
// The host
export { microtasks } from "./microtasks.ts";
export { serve, type LocalServer } from "./serve.ts";
export { temporaryFolder } from "./temporary-folder.ts";
// The README of a package
export { documentedNames, exportedNames, unprovenGuarantees } from "./readme.ts";
