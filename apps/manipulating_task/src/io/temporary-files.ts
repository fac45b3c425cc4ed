/** TemporaryFiles: files to read, in a folder that is removed afterwards. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { TaskGroup } from "@async/task";

export class TemporaryFiles implements AsyncDisposable {
  readonly names: readonly string[];
  readonly #folder: string;

  private constructor(folder: string, count: number) {
    this.#folder = folder;
    this.names = Array.from({ length: count }, (_, index) => `${index}.bin`);
  }

  /** Makes the folder; the files are not written yet. */
  static async in(parent: string, count: number): Promise<TemporaryFiles> {
    return new TemporaryFiles(await mkdtemp(path.join(parent, "manipulating_task-")), count);
  }

  /**
   * Writes all of them.
   *
   * @param size - bytes of each
   */
  async write(size: number): Promise<void> {
    const content = Buffer.alloc(size, "task");
    // A group: once it has ended, also by an error or a cancellation, nobody writes any more.
    await TaskGroup.run((group) => {
      for (const name of this.names) {
        void group.createTask(({ signal }) => writeFile(this.#path(name), content, { signal }));
      }
    });
  }

  /** Stops when the signal aborts. */
  async read(name: string, signal: AbortSignal): Promise<Buffer> {
    return await readFile(this.#path(name), { signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}
