/**
 * Where errors go that nobody waits for, with the context in which they happened.
 *
 * Nothing is swallowed and nothing ends the process: the handler that the user has set gets the context, else it is printed. A handler
 * that throws is reported itself.
 *
 * Source: `call_exception_handler` in Lib/asyncio/base_events.py.
 */
import type { ExceptionContext } from "@async/futures";
import { isError, show } from "@async/futures/port";

/** Prints the context to standard error, the exception with its stack. Python: `loop.default_exception_handler`. */
export function printException(context: ExceptionContext): void {
  const { message, exception, createdAt, ...details } = context;
  const lines = [message];
  for (const [name, value] of Object.entries(details)) lines.push(`${name}: ${show(value)}`);
  if (createdAt !== undefined) lines.push(createdAt.replace(/^Error: created here/, "created at:"));
  if (isError(exception)) lines.push(show(exception));
  else if (exception !== undefined) lines.push(`exception: ${show(exception)}`);
  console.error(lines.join("\n"));
}

/** Gives the context to the handler, and to the default one what the handler itself throws. */
export function handleException(
  handler: ((context: ExceptionContext) => void) | null,
  context: ExceptionContext,
): void {
  if (handler === null) {
    printException(context);
    return;
  }
  try {
    handler(context);
  } catch (exception) {
    printException({ message: "Unhandled error in exception handler", exception });
    printException(context);
  }
}
