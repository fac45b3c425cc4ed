import { describe, expect, it } from "vitest";

import { isFromWorker } from "../../src/wire/index.ts";

describe("a message of a stranger is no message of a worker", () => {
  it.each([
    [null],
    [undefined],
    ["ready"],
    [42],
    [{}],
    [[]],
    [["ready"]],
    [[0]],
    [[-1, 1, 2]],
    [[99, 1]],
    [[22]],
    [[22, "1"]],
    [[25, 1]],
    [[25, 1, "values", 2]],
    [[26, 1]],
    [[26, Number.NaN, {}]],
    [[21, {}]],
    [[24, 1, 2]],
    [[25, 1, [], 2, {}, true]],
    [[26, 0, {}]],
    [[26, 0, { thrown: { error: 0 }, errors: [{}] }]],
    [[27, 0, [], {}, [0, 1]]],
    [[27, 0, [], null]],
    [[28, ["a"]]],
    [[29, {}]],
    [[29, { thrown: {}, errors: [] }]],
    [{ method: "serve", params: [] }],
  ])("%j", (message) => {
    expect(isFromWorker(message)).toBe(false);
  });
});
