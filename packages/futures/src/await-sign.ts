/**
 * Tells an `await` from a call of `then`: only an await is a wait of the task.
 *
 * Both arrive as `then(resolve, reject)`. For an await (and `Promise.all`, `Promise.resolve`) the engine passes the two resolvers of a
 * promise: anonymous native functions. User code cannot make such functions: a bound one is named "bound ...", and the source text of any
 * other is its own. The text costs 50 ns, so arguments and names, which tell nearly all user calls apart, are looked at first.
 */
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the function as its this
const sourceOf = Function.prototype.toString;

const engine = ((): { name: string; length: number; text: string } => {
  let sample: { name: string; length: number; text: string } | undefined;
  void new Promise((resolve) => {
    sample = { name: resolve.name, length: resolve.length, text: sourceOf.call(resolve) };
  });
  return sample!;
})();

/** Says whether these are the resolvers that the engine passes for an `await`. */
export function isAwait(onFulfilled: unknown, onRejected: unknown): boolean {
  return (
    typeof onRejected === "function" &&
    typeof onFulfilled === "function" &&
    onRejected.name === engine.name &&
    onFulfilled.name === engine.name &&
    // Function.prototype is native and has no name, but takes nothing.
    onFulfilled.length === engine.length &&
    sourceOf.call(onFulfilled) === engine.text
  );
}
