/** temporaryFolder: a folder for the files of a test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TemporaryFolder extends Disposable {
  readonly path: string;
}

/** Makes an empty folder. Disposing of it removes it and all that is in it. */
export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "test-"));
  return {
    path: folder,
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true });
    },
  };
}
