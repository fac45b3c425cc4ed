/** command: the shell of this package's commands, which all take options and answer with an exit code. */
import process from "node:process";

/**
 * Runs the command with the options of the command line, and sets the exit code: what `run` resolves to, or 2 with the usage when the options were not
 * understood. `run` says that itself by throwing a `Misunderstood`.
 */
export async function command<O extends { readonly help: boolean }>(
  usage: string,
  readOptions: (args: string[]) => O,
  run: (options: O) => Promise<number>,
): Promise<void> {
  let options: O;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    process.exitCode = refuse(error as Error, usage);
    return;
  }
  if (options.help) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = await run(options);
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    process.exitCode = refuse(error, usage);
  }
}

/** The options say nothing that the command could do. */
export class Misunderstood extends Error {}

function refuse({ message }: Error, usage: string): number {
  console.error(`${message}\n\n${usage}`);
  return 2;
}
