/** Scene: one thing that can be done with pools, done while it is told. */

export interface Scene {
  readonly title: string;
  readonly about: string;
  /** Leaves no worker behind. */
  readonly play: (stage: Stage) => Promise<void>;
}

interface Stage {
  /** Threads or processes of a pool. */
  readonly workers: number;
  /** Tells a line of code and what came of it. */
  readonly say: (code: string, outcome: string) => void;
}
