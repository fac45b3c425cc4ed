/** Settings: what the user may set of the work. */
export interface Settings {
  /** Threads or processes of a pool. */
  readonly workers: number;
  readonly numbers: readonly number[];
  /** How far each number is counted. */
  readonly steps: number;
}
