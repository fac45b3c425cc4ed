/** The program: reads the command line, does the jobs and plays the scenes, then compares the times in a table, bars, a picture and words. */
import { writeFile } from "node:fs/promises";
import process from "node:process";
import { Writable } from "node:stream";
import { styleText } from "node:util";

import { run } from "@async/task";

import { readOptions } from "./options.ts";
import { asJson, makeReport } from "./report.ts";
import { drawChart } from "./svg/chart.ts";
import { drawBars } from "./text/bar-chart.ts";
import { Page } from "./text/page.ts";
import { writeTimes } from "./text/times-table.ts";

const { json, svg, ...settings } = readOptions(process.argv);
// A reader such as `head` may have seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
const nobody = new Writable({ write: (_chunk, _encoding, done) => done() });
const page = new Page(json ? nobody : process.stdout);

const report = await run(() => makeReport(settings, page));
const { jobs, advice } = report;
await writeFile(svg, drawChart(jobs, settings.workers));

if (json) console.log(asJson(report, svg));
else {
  page.title("What took how long");
  writeTimes(page, jobs, settings.workers);
  for (const job of jobs) {
    page.line(job.title);
    page.lines(drawBars(job, settings.workers, page.width));
    page.line("");
  }
  page.line(`The same as a picture: ${styleText("underline", svg)}`);
  page.line("");
  page.title("What to choose");
  page.say(advice);
}
