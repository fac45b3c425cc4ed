/** Inputs: where the keys come from, one at a time. */
export interface Inputs {
  /** Resolves to the next key, or to null once the input has ended. A wait that is cancelled takes nothing. */
  next(): Promise<string | null>;
}
