/** refusal: what is logged behind the name of an op that may be refused. */
import { showError } from "./show.ts";

/** Makes the call. Returns nothing, or the name of the error, if it is one of those that are expected. */
export function refusal(call: () => void, ...expected: readonly (abstract new () => Error)[]): string {
  try {
    call();
    return "";
  } catch (error) {
    if (expected.some((errorClass) => error instanceof errorClass)) return ` ${showError(error)}`;
    throw error;
  }
}
