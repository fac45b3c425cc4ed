import js from "@eslint/js";
import vitest from "@vitest/eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

import { layers } from "./scripts/lint/layers.ts";
import { noImportCycle } from "./scripts/lint/no-import-cycle.ts";

export default defineConfig(
  globalIgnores(["**/dist/", "**/coverage/", "**/reports/", "**/.turbo/", "docs/api/"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      // One program for the whole repository: twice as fast as one for each package.
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // `workerModule<typeof import("./work.ts")>(...)` names the types of a module that is imported elsewhere, by the workers.
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A Future is a thenable: a forgotten `await` of one is as wrong as of a Promise. On purpose: `void createTask(...)`.
      "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true }],
      // `() => loop.stop()` is the usual shape of a callback.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Python raises exceptions only, JavaScript throws anything: what we pass on is `unknown`.
      "@typescript-eslint/only-throw-error": ["error", { allowThrowingUnknown: true }],
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingUnknown: true }],
      // `heap[index]!` where an invariant keeps the index in range; `as Entry` would say more than we know.
      "@typescript-eslint/no-non-null-assertion": "off",
      // A walk along a chain of objects starts at `this`.
      "@typescript-eslint/no-this-alias": "off",
      // Two copies of a package may meet: futures, tasks and loops are known by brand, not by constructor.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ["{packages,apps}/*/{src,test}/**/*.ts", "{benchmarks,scripts,test-kit,verification}/**/*.ts"],
    ignores: ["**/*.config.ts"],
    plugins: { repository: { rules: { layers, "no-import-cycle": noImportCycle } } },
    rules: {
      "repository/layers": "error",
      "repository/no-import-cycle": "error",
    },
  },
  {
    // Here an async function without an await is a coroutine, an empty one the smallest.
    files: [
      "**/test/**/*.ts",
      "apps/**/*.ts",
      "verification/**/*.ts",
      "benchmarks/**/*.ts",
      "scripts/**/*.ts",
    ],
    rules: {
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      "require-yield": "off",
    },
  },
  {
    files: ["**/test/**/*.ts"],
    extends: [vitest.configs.recommended],
    rules: {
      // A test names what it throws: also a string, null and undefined.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "vitest/expect-expect": ["error", { assertFunctionNames: ["expect", "expectTypeOf", "**.assert"] }],
    },
  },
  {
    files: ["**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
