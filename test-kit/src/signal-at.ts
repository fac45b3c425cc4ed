/** signalAt: presses Ctrl+C at the right moment, which is when the program has printed something certain. */
import type { ChildProcess } from "node:child_process";

/** Sends the signal once, as soon as what the process has printed holds the text. */
export function signalAt(child: ChildProcess, text: string, signal: NodeJS.Signals): void {
  let printed = "";
  let isSent = false;
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    printed += part;
    if (isSent || !printed.includes(text)) return;
    isSent = true;
    child.kill(signal);
  });
}
