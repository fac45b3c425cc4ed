/** told: what a chapter prints on virtual time, where each run gives the same text. */
import { EventLoop, VirtualClock } from "@async/loop";

import type { Chapter } from "../src/chapter.ts";
import { Page } from "../src/page.ts";

export async function told({ tell }: Chapter, { duration = 1000 } = {}): Promise<string> {
  let text = "";
  const page = new Page((part) => (text += part));
  await tell(page, { duration, newLoop: () => new EventLoop({ clock: new VirtualClock() }) });
  return text;
}
