import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliFile } from "../harness/cli-file.ts";
import { installedProject } from "../harness/installed-project.ts";
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
    expect(chunks).toContain("entrypoints-cli-heartbeat-commands.cjs");
    expect(chunks.filter((chunk) => /evidence|ban|guard/.test(chunk))).toEqual([]);
    expect(packages.filter((name) => !LIGHT.includes(name))).toEqual([]);
  });

  it("of the hook loads its own file alone, by either name, with nothing but built-ins", async () => {
    const repository = temporaryRepository({ "README.md": "# A\n" });
    const payload = { session_id: "s", hook_event_name: "PostToolUse", tool_name: "Bash", tool_input: {} };
    const file = join(dirname(cliFile()), "hook.cjs");
    const list = join(repository.folder, ".git", "loaded.json");
    const env = {
      NODE_OPTIONS: `--require ${TRACER}`,
      LOADED_FILES: list,
      XDG_STATE_HOME: repository.folder,
    };
    const loaded = async (words: string[], file?: string) => {
      const input = JSON.stringify(payload);
      const options = file === undefined ? { input, env } : { input, env, file };
      expect(await repository.runCli(words, options)).toEqual({ code: 0, out: "", err: "" });
      const files: string[] = JSON.parse(readFileSync(list, "utf8"));
      return files.map((path) => basename(path)).filter((name) => name !== basename(TRACER));
    };
    expect(await loaded(["claude-code"], file)).toEqual(["hook.cjs"]);
    expect(await loaded(["hook", "claude-code"])).toEqual(["cli.cjs", "entrypoints-hook-run-hook.cjs"]);
    for (const name of ["hook.cjs", "entrypoints-hook-run-hook.cjs"]) {
      expect(CONTENTS[name]?.inside).toEqual([]);
      expect(CONTENTS[name]?.requires.filter((each) => !isBuiltin(each))).toEqual([]);
    }
  });

  it("of heartbeat --help loads no other feature and no verb", async () => {
    const { chunks } = await loadedBy(["heartbeat", "--help"]);
    expect(chunks).toEqual([
      "cli.cjs",
      "entrypoints-cli-program.cjs",
      "entrypoints-cli-heartbeat-commands.cjs",
    ]);
  });

  it("of mcp --help loads neither the protocol nor a schema library", async () => {
    const { chunks, packages } = await loadedBy(["mcp", "--help"]);
    expect(chunks).toEqual(["cli.cjs", "entrypoints-cli-program.cjs", "entrypoints-cli-mcp-command.cjs"]);
    expect(packages).toEqual(["commander"]);
  });

  it("of mcp proxy loads no command parser and no package", async () => {
    expect(await loadedBy(["mcp", "proxy", "--", "true"])).toEqual({
      code: 0,
      chunks: ["cli.cjs", "features-proxy-proxy-command.cjs", "features-proxy-record-open-tap.cjs"],
      packages: [],
    });
  });

  it("of ban scan loads no command parser, unless words need one", async () => {
    const parser = "entrypoints-cli-program.cjs";
    const { code, chunks } = await loadedBy(["ban", "scan", "--json"]);
    expect(code).toBe(0);
    expect(chunks).not.toContain(parser);
    expect((await loadedBy(["ban", "scan", "--production", "src/**"])).chunks).toContain(parser);
  });

  it("of a program under the runtime hook loads one file, and the reader of a config only where there is one", async () => {
    const project = installedProject({ "app.cjs": "" });
    const list = join(project.folder, ".git/loaded.json");
    const loaded = async () => {
      const words = ["--require", TRACER, "--import", "growth-engine/runtime", "app.cjs"];
      const { code, err } = await project.runNode(words, { env: { LOADED_FILES: list } });
      expect(code, err).toBe(0);
      const files: string[] = JSON.parse(readFileSync(list, "utf8"));
      return files.map((file) => basename(file)).filter((file) => file !== basename(TRACER));
    };
    expect(await loaded()).toEqual(["runtime.cjs", "app.cjs"]);
    project.write("growth-engine.json", "{}");
    expect(await loaded()).toEqual(["runtime.cjs", "runtime-config.cjs", "app.cjs"]);
  });

  it("of the runtime hook needs built-ins and nothing that is installed", () => {
    const files = ["runtime.cjs", "runtime-loader.mjs", "runtime-config.cjs"];
    const known = (name: string) => isBuiltin(name) || files.includes(name.replace("./", ""));
    for (const file of files) expect(CONTENTS[file]?.requires.filter((name) => !known(name))).toEqual([]);
    expect(CONTENTS["runtime.cjs"]?.inside).toEqual([
      "node_modules/fastest-levenshtein",
      "node_modules/picomatch",
    ]);
  });
});
