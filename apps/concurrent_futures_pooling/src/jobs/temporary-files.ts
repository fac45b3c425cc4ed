/** TemporaryFiles: files to read, in a folder that is removed afterwards. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";

export class TemporaryFiles implements AsyncDisposable {
  readonly paths: readonly string[];
  readonly #folder: string;

  private constructor(folder: string, count: number) {
    this.#folder = folder;
    this.paths = Array.from({ length: count }, (_, index) => path.join(folder, `${index}.bin`));
  }

  /** Makes a folder and writes the files: the first of so many bytes, the second of twice as many, and so on. */
  static async write(parent: string, count: number, size: number): Promise<TemporaryFiles> {
    const files = new TemporaryFiles(await mkdtemp(path.join(parent, "pooling-")), count);
    try {
      for (const [index, file] of files.paths.entries())
        await writeFile(file, Buffer.alloc((index + 1) * size));
      return files;
    } catch (error) {
      await files[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
