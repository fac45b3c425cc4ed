/**
 * ExceptionGroup: several errors at once, in the order in which they happened.
 *
 * Python: `ExceptionGroup`.
 */
export class ExceptionGroup extends AggregateError {
  static {
    Object.defineProperty(this.prototype, "name", {
      value: "ExceptionGroup",
      configurable: true,
      writable: true,
    });
  }
  readonly code = "ERR_EXCEPTION_GROUP";
  declare errors: unknown[];

  constructor(message: string, errors: readonly unknown[]) {
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    super(errors, `${message} (${count})`, { cause: errors[0] });
  }
}
