/** Chapter: one part of the life of a loop, told while it happens. */
import type { EventLoop } from "@async/loop";

import type { Page } from "./page.ts";

export interface Chapter {
  readonly title: string;
  /** Does what the chapter is about, and leaves nothing behind. */
  readonly tell: (page: Page, setting: Setting) => Promise<void>;
}

export interface Setting {
  /** Milliseconds that the three functions go on. */
  readonly duration: number;
  /** Makes the loops of the chapters; on virtual time in the tests. */
  readonly newLoop: () => EventLoop;
}
