import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { CommandLineError, parseCommandLine } from "../src/command-line.ts";

describe("parseCommandLine", () => {
  it("has defaults for everything", () => {
    const svg = path.join(tmpdir(), "manipulating_task.svg");
    expect(parseCommandLine([])).toEqual({ help: false, number: 10, k: 5, svg });
  });

  it("takes half of the number for k, rounded down", () => {
    expect(parseCommandLine(["--number", "7"])).toMatchObject({ number: 7, k: 3 });
  });

  it("takes what is set", () => {
    const svg = path.join(tmpdir(), "a.svg");
    expect(parseCommandLine(["--number=20", "--k=0", "--svg", svg])).toMatchObject({ number: 20, k: 0, svg });
  });

  it("takes a relative path from the current folder", () => {
    expect(parseCommandLine(["--svg", "a.svg"]).svg).toBe(path.resolve("a.svg"));
  });

  it.each(["--help", "-h"])("knows %s", (option) => {
    expect(parseCommandLine([option]).help).toBe(true);
  });

  it.each([
    [["--number", "0"], '--number takes a whole number from 1 to 10000, not "0"'],
    [["--number", "1e3"], '--number takes a whole number from 1 to 10000, not "1e3"'],
    [["--number", "10001"], 'not "10001"'],
    [["--number", ""], 'not ""'],
    [["--number", "3", "--k", "4"], '--k takes a whole number from 0 to 3, not "4"'],
    [["--k=-1"], 'not "-1"'],
    [["--svg", tmpdir()], "is a folder"],
    [["--svg", path.join(tmpdir(), "no such folder", "a.svg")], "no file can be written in the folder"],
    [["--colour"], "Unknown option '--colour'"],
    [["more"], "Unexpected argument 'more'"],
    [["--number"], "argument missing"],
  ])("refuses %j", (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(CommandLineError);
    expect(() => parseCommandLine(args)).toThrow(message);
  });
});
