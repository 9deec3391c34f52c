import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

/** Small enough for a command that runs every few minutes, as bench/ measures. */
const LIGHT = ["commander"];
const TRACER = join(import.meta.dirname, "list-loaded-files.cjs");
const CONTENTS: Record<string, { inside: string[]; requires: string[] }> = JSON.parse(
  readFileSync(join(dirname(cliFile()), "contents.json"), "utf8"),
);

/** Runs the command line and names the built files it loaded, failing on any other file. */
async function loadedBy(words: string[]): Promise<{ code: number; chunks: string[]; packages: string[] }> {
  const repository = temporaryRepository({ "README.md": "# A\n" });
  const list = join(repository.folder, ".git", "loaded.json");
  const env = { NODE_OPTIONS: `--require ${TRACER}`, LOADED_FILES: list };
  const { code } = await repository.runCli(words, { env });
  const files: string[] = JSON.parse(readFileSync(list, "utf8")).filter((file: string) => file !== TRACER);
  expect(files.filter((file) => dirname(file) !== dirname(cliFile()))).toEqual([]);
  const chunks = files.map((file) => basename(file));
  const packages = chunks.flatMap((chunk) => CONTENTS[chunk]?.inside ?? []).map((folder) => folder.slice(13));
  return { code, chunks, packages: [...new Set(packages)].sort() };
}

const BEAT = ["heartbeat", "beat", "--agent", "ada", "--task", "ENG-1", "--status", "doing"];

describe("start-up", () => {
  it("of --version loads one file without any package", async () => {
    expect(await loadedBy(["--version"])).toEqual({ code: 0, chunks: ["cli.cjs"], packages: [] });
  });

  it("of heartbeat beat loads the command parser and no heavy package", async () => {
    const { code, chunks, packages } = await loadedBy(BEAT);
    expect(code).toBe(0);
    expect(chunks).toContain("features-heartbeat-commands.cjs");
    expect(chunks.filter((chunk) => /evidence|ban|guard/.test(chunk))).toEqual([]);
    expect(packages.filter((name) => !LIGHT.includes(name))).toEqual([]);
  });

  it("of heartbeat --help loads no other feature and no verb", async () => {
    const { chunks } = await loadedBy(["heartbeat", "--help"]);
    expect(chunks).toEqual(["cli.cjs", "entrypoints-cli-program.cjs", "features-heartbeat-commands.cjs"]);
  });
});
