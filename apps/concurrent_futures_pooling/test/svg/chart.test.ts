import type { Element, Root } from "xast";
import { fromXml } from "xast-util-from-xml";
import { describe, expect, it } from "vitest";

import { drawChart } from "../../src/svg/chart.ts";
import { layout } from "../../src/svg/layout.ts";
import { counting, uploading } from "../sample.ts";

/** Returns the elements that have the name, and the class if one is given. A picture that is no XML throws. */
function find(within: Root | Element, name: string, className?: string): Element[] {
  return within.children.flatMap((child) => {
    if (child.type !== "element") return [];
    const fits = child.name === name && (className === undefined || child.attributes["class"] === className);
    return [...(fits ? [child] : []), ...find(child, name, className)];
  });
}

function textOf(element: Element): string {
  return element.children.map((child) => ("value" in child ? child.value : "")).join("");
}

describe("drawChart", () => {
  const picture = fromXml(drawChart([counting, uploading], 2));
  const jobs = find(picture, "g", "job");

  it("has a card for each job, which says what was done", () => {
    expect(jobs.map((card) => find(card, "text").slice(0, 2).map(textOf))).toEqual([
      ["CPU-bound", "CPU-bound, for <all> & sundry"],
      ["I/O-bound", "I/O-bound, for <all> & sundry"],
    ]);
  });

  it("has a bar for each run, with its time and what it gained", () => {
    expect(find(jobs[1]!, "g", "run").map((row) => find(row, "text").map(textOf))).toEqual([
      ["one after another", "800 ms"],
      ["at once, on the loop", "50 ms, 16.0 times as fast"],
      ["2 threads", "400 ms, 2.0 times as fast"],
      ["2 processes", "500 ms, 1.6 times as fast"],
    ]);
  });

  it("draws equal times of a job as equal lengths, and the longest as wide as the plot", () => {
    const widths = jobs.map((card) =>
      find(card, "g", "run").map((row) => Number(find(row, "rect")[0]!.attributes["width"])),
    );
    const inPercent = widths.map(([longest = 0, ...others]) =>
      others.map((width) => Math.round((width / longest) * 100)),
    );
    expect(inPercent).toEqual([
      [50, 63],
      [6, 50, 63],
    ]);
    expect(widths[0]![0]).toBe(widths[1]![0]);
  });

  it("is as high as its jobs need", () => {
    const [svg] = find(picture, "svg");
    const bottoms = jobs.map((card) => {
      const { y, height } = find(card, "rect")[0]!.attributes;
      return Number(y) + Number(height);
    });
    expect(Number(svg!.attributes["height"])).toBe(Math.max(...bottoms) + layout.margin);
  });
});
