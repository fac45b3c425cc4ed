import type { Element, Root } from "xast";
import { fromXml } from "xast-util-from-xml";
import { describe, expect, it } from "vitest";

import { layout } from "../../src/svg/layout.ts";
import { drawPicture } from "../../src/svg/picture.ts";
import { chapter, sample, span } from "../timeline/sample.ts";

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

function numberIn(element: Element, attribute: string): number {
  return Number(element.attributes[attribute]);
}

describe("drawPicture", () => {
  const picture = fromXml(drawPicture(sample));

  it("has a card for each chapter and a row for each task", () => {
    const rows = find(picture, "g", "chapter").map((card) =>
      find(card, "g", "task").map((row) => textOf(find(row, "text")[0]!)),
    );
    expect(rows).toEqual([
      ["one", "second"],
      ["three", "four"],
    ]);
  });

  it("says what a task gave, as it is", () => {
    const labels = find(picture, "g", "task").map((row) => textOf(find(row, "text")[1]!));
    expect(labels).toEqual(["42", 'Error: 1 < 2 & "so on"', "enough", "the time is up"]);
  });

  it("tells all of a task to the pointer", () => {
    const titles = find(picture, "g", "task").map((row) => textOf(find(row, "title")[0]!));
    expect(titles[2]).toBe("three\n0 ms to 50 ms\nasked to cancel at 25 ms\ncancelled: enough");
  });

  it("draws equal times as equal lengths", () => {
    const widths = find(picture, "g", "task").map((row) => numberIn(find(row, "rect")[0]!, "width"));
    const [longest = 0] = widths;
    expect(widths.map((width) => Math.round((width / longest) * 100))).toEqual([100, 10, 50, 25]);
  });

  it("keeps all rows and labels apart", () => {
    const baselines = find(picture, "g", "chapter").flatMap((card) =>
      find(card, "g", "task").map((row) => numberIn(find(row, "text")[0]!, "y")),
    );
    const gaps = baselines.slice(1).map((y, index) => y - baselines[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(layout.row);
  });

  it("shortens a label that would leave the picture", () => {
    const detail = "very ".repeat(100);
    const long = chapter("1 Long", 0, 100, [span("long", [0, 100], "finished", detail)]);
    const [row] = find(fromXml(drawPicture({ duration: 100, chapters: [long] })), "g", "task");
    const label = textOf(find(row!, "text")[1]!);
    expect(label).toMatch(/^very .*…$/);
    expect(label.length).toBeLessThan(25);
  });

  it("is as high as its chapters need", () => {
    const [svg] = find(picture, "svg");
    const bottoms = find(picture, "g", "chapter").map((card) => {
      const [box] = find(card, "rect");
      return numberIn(box!, "y") + numberIn(box!, "height");
    });
    expect(numberIn(svg!, "height")).toBe(Math.max(...bottoms) + layout.margin);
  });
});
