// Virtual time.
export { type RunVirtualOptions, runVirtual } from "./run-virtual.ts";
export { advance, untilBlocked } from "./until-blocked.ts";
export { hostWork } from "./host-work.ts";

// Many orders of what is ready.
export { type ExploreOptions, type ExploreResult, explore } from "./explore.ts";
export type { Deviation, Schedule } from "./schedule.ts";

// A cancellation at every moment.
export {
  type CancelEverywhereOptions,
  type CancelEverywhereResult,
  cancelEverywhere,
} from "./cancel-everywhere.ts";
export type { CancelPlan } from "./cancel-plan.ts";

// An order between tasks.
export { Sequencer } from "./sequencer.ts";

// What a run can fail with.
export {
  EndlessRunError,
  FailingCancellationError,
  FailingScheduleError,
  HostTimeoutError,
  InvariantError,
  LeftoverError,
  SequenceBrokenError,
  SwallowedCancellationError,
} from "./errors.ts";

// Contracts, as tests.
export {
  type ExecutorLawFunctions,
  type ExecutorLawGate,
  type ExecutorLawOptions,
  type ExecutorSubject,
  type MakeExecutor,
  executorLaws,
} from "./executor-laws.ts";
export { type MakeWaiter, type WaiterLawOptions, type WaiterSubject, waiterLaws } from "./waiter-laws.ts";
export type { LawRunner } from "./law-runner.ts";
