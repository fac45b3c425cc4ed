/** TemporaryFiles: files to read, in a folder that is removed afterwards. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export class TemporaryFiles implements AsyncDisposable {
  readonly names: readonly string[];
  readonly #folder: string;

  private constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.names = names;
  }

  /** @param size - bytes of each */
  static async create(count: number, size: number): Promise<TemporaryFiles> {
    const folder = await mkdtemp(path.join(tmpdir(), "manipulating_task-"));
    const names = Array.from({ length: count }, (_, index) => `${index}.bin`);
    const files = new TemporaryFiles(folder, names);
    const content = Buffer.alloc(size, "task");
    try {
      for (const name of names) await writeFile(path.join(folder, name), content);
    } catch (error) {
      await files[Symbol.asyncDispose]();
      throw error;
    }
    return files;
  }

  /** Stops when the signal aborts. */
  async read(name: string, signal: AbortSignal): Promise<Buffer> {
    return await readFile(path.join(this.#folder, name), { signal });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
