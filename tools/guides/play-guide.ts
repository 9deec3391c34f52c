import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Block } from "./read-guide.ts";

const MARK = "@@@step@@@";
const TIMEOUT_MS = 120_000;

/** Puts `growth-engine` on the path, as an installation would. */
function installCommand(folder: string, node: string, cli: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  for (const name of ["growth-engine", "ge"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${node}" "${cli}" "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** Nothing of the machine's settings, so that a guide shows the same everywhere. */
function environment(folder: string, bin: string): NodeJS.ProcessEnv {
  const who = { NAME: "Ada", EMAIL: "ada@example.com" };
  return {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    TMPDIR: process.env.TMPDIR,
    TZ: "UTC",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: who.NAME,
    GIT_AUTHOR_EMAIL: who.EMAIL,
    GIT_COMMITTER_NAME: who.NAME,
    GIT_COMMITTER_EMAIL: who.EMAIL,
  };
}

/** Types the commands of a guide into one shell, in an empty folder, and returns the blocks with what came back. */
export function playGuide(
  blocks: readonly Block[],
  folder: string,
  program: { node: string; cli: string },
): Block[] {
  const bin = installCommand(folder, program.node, program.cli);
  const work = join(folder, "work");
  mkdirSync(work);
  const commands = blocks.flatMap(({ steps }) => steps.map(({ command }) => command));
  // The mark keeps the exit code of the command before it, for guides that show `$?`.
  const mark = `code=$?; printf '%s\\n' '${MARK}'; (exit $code)`;
  const script = commands.map((command) => `${mark}\n${command}\n`).join("");
  const done = spawnSync("bash", ["-c", `exec 2>&1\n${script}`], {
    cwd: work,
    env: environment(folder, bin),
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  if (done.error) throw done.error;
  const answers = done.stdout.split(`${MARK}\n`).slice(1);
  if (answers.length !== commands.length) throw new Error(`the guide stopped early:\n${done.stdout}`);
  let at = 0;
  return blocks.map((block) => ({
    ...block,
    steps: block.steps.map(({ command }) => ({ command, shown: linesOf(answers[at++] ?? "") })),
  }));
}

function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
