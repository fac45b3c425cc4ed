/** Report: all that the program has found out, as `--json` prints it. */
import { advise } from "./advice.ts";
import { workUrl } from "./in-workers.ts";
import { type Job, speedUp } from "./job.ts";
import { countNumbers } from "./jobs/count-numbers.ts";
import { uploadFiles } from "./jobs/upload-files.ts";
import { scenes } from "./scenes/scenes.ts";
import type { Settings } from "./settings.ts";
import type { Page } from "./text/page.ts";

export interface Report extends Settings {
  readonly jobs: readonly [counting: Job, uploading: Job];
  readonly scenes: readonly PlayedScene[];
  readonly advice: string;
}

interface PlayedScene {
  readonly title: string;
  /** Lines of code, each with what came of it. */
  readonly lines: readonly { readonly code: string; readonly outcome: string }[];
}

/** Does the jobs and plays the scenes, and tells of them on the page while it goes on. */
export async function makeReport(settings: Settings, page: Page): Promise<Report> {
  let chapter = 0;
  const nextTitle = (title: string) => page.title(`${(chapter += 1)}  ${title}`);

  nextTitle("CPU-bound: count");
  const counting = await countNumbers(settings, page);
  nextTitle("I/O-bound: read and send files");
  const uploading = await uploadFiles(settings, page);

  const played: PlayedScene[] = [];
  for (const { title, about, play } of scenes) {
    nextTitle(title);
    page.say(about);
    const lines: { code: string; outcome: string }[] = [];
    const say = (code: string, outcome: string) => {
      // Errors name the function and its module, with all the folders above it.
      const short = outcome.replaceAll(workUrl.href, "work.ts");
      lines.push({ code: code.trim(), outcome: short });
      page.code(code, short);
    };
    await play({ workers: settings.workers, say });
    page.line("");
    played.push({ title, lines });
  }
  const advice = advise(counting, uploading, settings.workers);
  const { workers, numbers, steps } = settings;
  return { workers, numbers, steps, jobs: [counting, uploading], scenes: played, advice };
}

/** Returns the report as JSON, with the speed-ups. */
export function asJson(report: Report, svg: string): string {
  const jobs = report.jobs.map((job) => {
    return { ...job, runs: job.runs.map((run) => ({ ...run, speedUp: speedUp(job, run) })) };
  });
  return JSON.stringify({ ...report, jobs, svg }, null, 2);
}
