/** LawRunner: the functions of a test runner that laws register their tests with. Those of Vitest, Jest and `node:test` fit. */

export interface LawRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}
