/**
 * ExceptionGroup: several errors at once, in the order in which they happened.
 *
 * Python: `ExceptionGroup`.
 */
import { UsageError } from "@async/futures";
import { brand } from "@async/futures/port";

export class ExceptionGroup extends AggregateError {
  static {
    brand(this, "ExceptionGroup");
  }
  readonly code = "ERR_EXCEPTION_GROUP";
  declare errors: unknown[];

  /** @throws UsageError without errors. */
  constructor(message: string, errors: readonly unknown[]) {
    if (errors.length === 0) throw new UsageError("An ExceptionGroup takes one error at least");
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    super(errors, `${message} (${count})`, { cause: errors[0] });
  }
}
