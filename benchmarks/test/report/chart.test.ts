import type { Element, Root } from "xast";
import { fromXml } from "xast-util-from-xml";
import { describe, expect, it } from "vitest";

import type { Result } from "../../src/harness/result.ts";
import { drawChart } from "../../src/report/chart.ts";
import { sample } from "./sample.ts";

/** Returns the elements that have the name, and the class if one is given. A chart that is no XML throws. */
function find(within: Root | Element, name: string, className?: string): Element[] {
  return within.children.flatMap((child) => {
    if (child.type !== "element") return [];
    const fits = child.name === name && (className === undefined || child.attributes["class"] === className);
    return [...(fits ? [child] : []), ...find(child, name, className)];
  });
}

const textOf = (element: Element) =>
  element.children.map((child) => ("value" in child ? child.value : "")).join("");
const numberIn = (element: Element, attribute: string) => Number(element.attributes[attribute]);

describe("drawChart", () => {
  const chart = fromXml(drawChart(sample)!);
  const rivals = find(chart, "g", "rival");
  const bars = rivals.map((rival) => find(rival, "rect")[0]!);
  const ours = numberIn(find(chart, "line")[0]!, "x1");

  it("has a bar with name and ratio for each rival, and none for ours", () => {
    expect(rivals.map((rival) => find(rival, "text").map(textOf))).toEqual([
      ["asyncio", "5.2x"],
      ["promises", "0.15x"],
      ["other", "2.0x"],
    ]);
  });

  it("draws what takes more to the right of ours, and what takes less to the left", () => {
    const [asyncio, promises] = bars;
    expect(numberIn(asyncio!, "x")).toBe(ours);
    expect(numberIn(promises!, "x") + numberIn(promises!, "width")).toBeCloseTo(ours);
  });

  it("has a logarithmic scale: the length of a bar is that of its ratio's logarithm", () => {
    const [asyncio, , other] = bars.map((bar) => numberIn(bar, "width"));
    expect(asyncio! / other!).toBeCloseTo(Math.log(5.2) / Math.log(2), 1);
  });

  it("writes our own value, and what a reader has to know of the run", () => {
    const texts = find(chart, "text").map(textOf);
    expect(texts).toContain("@async 312 ns");
    expect(texts.join("\n")).toContain("Node 26.10.0, 2031-05-04");
    expect(texts).toContain("Tasks & more");
  });

  it("leaves out works that have no ratio, and draws nothing when all are like that", () => {
    expect(find(chart, "g", "work")).toHaveLength(1);
    const absolute: Result = { ...sample, works: sample.works.slice(1) };
    expect(drawChart(absolute)).toBeNull();
  });
});
