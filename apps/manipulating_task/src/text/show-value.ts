/** showValue: a result or a reason in a few words. Whole numbers are exact, or so long that only their ends are shown. */

/** As many digits as fit on a line. */
const DIGITS_SHOWN = 21;
const DIGITS_AT_END = 6;
// Made once, and before anything is measured: it takes some milliseconds.
const grouped = new Intl.NumberFormat("en");

export function showValue(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "";
    case "number":
      return grouped.format(value);
    case "bigint":
      return showWholeNumber(value);
    default:
      return String(value);
  }
}

function showWholeNumber(value: bigint): string {
  const digits = value.toString();
  if (digits.length <= DIGITS_SHOWN) return grouped.format(value);
  return `${digits.slice(0, DIGITS_AT_END)}…${digits.slice(-DIGITS_AT_END)} (${digits.length} digits)`;
}
