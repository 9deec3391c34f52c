import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Answer,
  type RunCliOptions,
  type TemporaryRepository,
  temporaryFolder,
} from "./temporary-repository.ts";

/** A test file of node:test with so many tests, the last `skipped` of them skipped. */
export function nodeTests(count: number, { skipped = 0, fails = false } = {}): string {
  const one = (at: number) =>
    at >= count - skipped
      ? `test("t${at}", { skip: true }, () => {});`
      : `test("t${at}", () => { ${fails && at === 0 ? 'throw new Error("no")' : ""} });`;
  return `import { describe, test } from "node:test";\ndescribe("all", () => {\n${Array.from({ length: count }, (_, at) => one(at)).join("\n")}\n});\n`;
}

/** `growth-engine run` of agent ada, with a key of its own. */
export function record(
  repository: TemporaryRepository,
  words: string[],
  options: RunCliOptions = {},
): Promise<Answer> {
  const env = { GROWTH_ENGINE_AGENT: "ada", XDG_STATE_HOME: temporaryFolder(), ...options.env };
  return repository.runCli(["run", ...words], { ...options, env });
}

/** Every evidence line that runs left in a working tree, in the order of files and lines. */
export function recordedLines(folder: string): Record<string, unknown>[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    /mcp[\\/]run\..*jsonl$/.test(path),
  );
  const texts = files.sort().map((path) => readFileSync(join(folder, path), "utf8"));
  return texts.flatMap((text) => text.trimEnd().split("\n")).map((line) => JSON.parse(line));
}

/** The member `run` of the last of them. */
export function lastRun(folder: string): Record<string, unknown> {
  return recordedLines(folder).at(-1)?.run as Record<string, unknown>;
}
