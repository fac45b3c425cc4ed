/** withLoop: gives a chapter a loop of its own, and closes it whatever happens. */
import type { EventLoop } from "@async/loop";

import type { Setting } from "./chapter.ts";

export async function withLoop(
  { newLoop }: Setting,
  body: (loop: EventLoop) => Promise<void>,
): Promise<void> {
  const loop = newLoop();
  try {
    await body(loop);
  } finally {
    loop.close();
  }
}
