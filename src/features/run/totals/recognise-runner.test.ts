import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recogniseRunners } from "./recognise-runner.ts";

const SCRIPTS = {
  test: "vitest run",
  lint: "biome check",
  all: "npm run lint && npm run test",
  both: "vitest run && playwright test",
  piped: "jest --ci | tee log",
  unit: "npm run jest",
  jest: "cross-env CI=1 jest --ci",
  node: "NODE_ENV=test node --import tsx --test 'test/*.test.ts'",
  loop: "npm run loop",
};
const seen = (line: string) =>
  recogniseRunners(line.split(" "), SCRIPTS).map(({ runner, dashes, args }) => [
    runner,
    dashes,
    args.join(" "),
  ]);

describe("recogniseRunners", () => {
  it.each([
    ["vitest run src", "vitest", 0, "run src"],
    ["npx --yes vitest", "vitest", 0, ""],
    ["./node_modules/.bin/jest --ci", "jest", 0, "--ci"],
    ["node node_modules/vitest/vitest.mjs run", "vitest", 0, "run"],
    ["node --import tsx --test test", "node-test", 0, "--import tsx --test test"],
    ["npm test", "vitest", 1, "run"],
    ["npm test -- -t x", "vitest", 0, "run -t x"],
    ["npm run all", "vitest", 2, "run"],
    ["pnpm test", "vitest", 0, "run"],
    ["pnpm exec jest", "jest", 0, ""],
    ["yarn vitest run", "vitest", 0, "run"],
    ["npm run unit", "jest", 2, "--ci"],
    ["npm run node", "node-test", 1, "--import tsx --test test/*.test.ts"],
    ["npm run piped", "jest", null, "--ci"],
    ["npx playwright test", "playwright", 0, "test"],
    ["python3 -m pytest -q", "pytest", 0, "-q"],
    ["uv run pytest", "pytest", 0, ""],
  ])("%s: %s", (line, runner, dashes, args) => {
    expect(seen(line)).toEqual([[runner, dashes, args]]);
  });

  it("names each of several", () => {
    expect(seen("npm run both")).toEqual([
      ["vitest", null, "run"],
      ["playwright", 1, "test"],
    ]);
  });

  it.each([
    "make test",
    "npm run loop",
    "npm run nothing",
    "npm -w a test",
    "node test.js",
    "echo vitest",
    "",
  ])("sees none in %j", (line) => {
    expect(seen(line)).toEqual([]);
  });

  it("survives whatever scripts and words hold", () => {
    const word = fc.oneof(fc.string(), fc.constantFrom("npm", "run", "test", "--", "x", "node", "npx", "&&"));
    fc.assert(
      fc.property(
        fc.array(word),
        fc.dictionary(fc.constantFrom("test", "x"), fc.string()),
        (words, scripts) => {
          recogniseRunners(words, scripts);
        },
      ),
    );
  });
});
