// Programs and what comes of them
export { programRunner } from "./program-runner.ts";
export { runFile } from "./run-file.ts";
export { endOf, type Ended } from "./end-of.ts";
export { signalAt } from "./signal-at.ts";
// What was thrown
export { errorOf } from "./error-of.ts";
export { thrownBy } from "./thrown-by.ts";
// The host
export { microtasks } from "./microtasks.ts";
export { serve, type LocalServer } from "./serve.ts";
export { temporaryFolder } from "./temporary-folder.ts";
// The README of a package
export { documentedNames, exportedNames, unprovenGuarantees } from "./readme.ts";
