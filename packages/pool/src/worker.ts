// For code that runs in a worker: `@async/pool/worker`.

// The call that runs.
export { type CurrentCall, currentCall } from "./worker-side/current-call.ts";

// Errors that keep their class on the way to the submitter; also exported by `@async/pool`.
export { registerError } from "./wire/index.ts";
