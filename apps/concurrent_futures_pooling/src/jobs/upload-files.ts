/**
 * uploadFiles: the job that waits. Files are read and sent to a server on this machine: in turn, at once on the event loop, and on each kind of
 * pool.
 */
import { tmpdir } from "node:os";

import { type Coroutine, currentTask, gather } from "@async/task";

import { inWorkers } from "../in-workers.ts";
import type { Job } from "../job.ts";
import { type PoolKind, pools } from "../pools.ts";
import type { Settings } from "../settings.ts";
import type { Page } from "../text/page.ts";
import { type Parcel, upload } from "../upload.ts";
import { inPool } from "./in-pool.ts";
import { LatentServer } from "./latent-server.ts";
import { type Attempt, type Progress, runAll } from "./run-all.ts";
import { TemporaryFiles } from "./temporary-files.ts";

const COUNT = 16;
/** Bytes of the first file; each has so many more than the one before. */
const SIZE = 1000;
/** Milliseconds until the server answers. */
const LATENCY = 30;

export async function uploadFiles({ workers }: Settings, page: Page): Promise<Job> {
  await using server = await LatentServer.start(LATENCY);
  await using files = await TemporaryFiles.write(tmpdir(), COUNT, SIZE);
  const parcels = files.paths.map((file): Parcel => ({ file, url: server.url }));
  // The first request of a process loads code, which is not what we want to measure.
  await upload(parcels[0]!, currentTask()!.signal);

  const about = `${COUNT} files, each read and sent to a server on this machine, which answers after ${LATENCY} ms.`;
  return await runAll({ title: "I/O-bound", about, size: COUNT, workers }, page, [
    { way: "in turn", work: (progress) => uploadInTurn(parcels, progress) },
    { way: "loop", work: (progress) => uploadAtOnce(parcels, progress) },
    ...pools.map((kind): Attempt => {
      return { way: kind.name, work: (progress) => uploadInPool(kind, workers, parcels, progress) };
    }),
  ]);
}

async function uploadInTurn(parcels: readonly Parcel[], progress: Progress): Promise<number[]> {
  const { signal } = currentTask()!;
  const results: number[] = [];
  for (const [index, parcel] of parcels.entries()) {
    results.push(await upload(parcel, signal));
    progress(index);
  }
  return results;
}

async function uploadAtOnce(parcels: readonly Parcel[], progress: Progress): Promise<number[]> {
  return await gather(
    parcels.map((parcel, index): Coroutine<number> => {
      return async ({ signal }) => {
        const bytes = await upload(parcel, signal);
        progress(index);
        return bytes;
      };
    }),
  );
}

function uploadInPool(
  kind: PoolKind,
  workers: number,
  parcels: readonly Parcel[],
  progress: Progress,
): Promise<number[]> {
  return inPool(
    kind,
    workers,
    (calls) => parcels.map((parcel) => calls.submit(inWorkers.uploadParcel, parcel)),
    progress,
  );
}
