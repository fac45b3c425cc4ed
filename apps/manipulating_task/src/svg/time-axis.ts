/** TimeAxis: milliseconds to pixels, with the ticks of an axis. */
import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { Element } from "xast";
import { x } from "xastscript";

import { colours } from "./colours.ts";

export class TimeAxis {
  readonly #scale: ScaleLinear<number, number>;
  readonly #ticks: readonly number[];

  /** @param duration - milliseconds from the left end to the right one */
  constructor(duration: number, left: number, right: number) {
    this.#scale = scaleLinear([0, duration], [left, right]);
    this.#ticks = this.#scale.ticks(8);
  }

  at(time: number): number {
    return Math.round(this.#scale(time) * 10) / 10;
  }

  drawGrid(top: number, bottom: number): Element[] {
    return this.#ticks.map((tick) =>
      x("line", { x1: this.at(tick), x2: this.at(tick), y1: top, y2: bottom, stroke: colours.grid }),
    );
  }

  /** @param y - the base line of the text */
  drawLabels(y: number): Element[] {
    return this.#ticks.map((tick, index) =>
      x(
        "text",
        {
          x: this.at(tick),
          y,
          "font-size": 11,
          fill: colours.quiet,
          "text-anchor": index === 0 ? "start" : "middle",
        },
        index === 0 ? "0 ms" : String(tick),
      ),
    );
  }
}
