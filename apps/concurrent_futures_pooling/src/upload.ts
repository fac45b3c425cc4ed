/** upload: work that hardly needs a processor: it waits, for a disk and for a server. */
import { readFile } from "node:fs/promises";

export interface Parcel {
  readonly file: string;
  /** Of the server that takes it. */
  readonly url: string;
}

/** Reads the file, sends it, and resolves to the number of bytes that the server has counted. Stops when the signal aborts. */
export async function upload({ file, url }: Parcel, signal: AbortSignal): Promise<number> {
  const body = await readFile(file, { signal });
  const response = await fetch(url, { method: "POST", body, signal });
  return Number(await response.text());
}
