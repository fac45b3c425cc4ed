/** Says whether an `await` would wait for the value: a promise, a future, any object or function with a `then`. */
export function isThenable<T>(value: PromiseLike<T> | T): value is PromiseLike<T> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as Partial<PromiseLike<T>>).then === "function"
  );
}
