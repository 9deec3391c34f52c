import { spawn, spawnSync } from "node:child_process";
import { cliFile } from "./cli-file.ts";

const NODE = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;

/** Whether this machine can give a process a terminal. */
export const hasTerminal = spawnSync("script", ["--version"]).status === 0;

/** Runs the built command line on a terminal, and types each answer once its question has come. */
export function answerOnTerminal(
  folder: string,
  words: string,
  answers: readonly (readonly [question: string, keys: string])[],
  added: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string }> {
  return new Promise((resolve, reject) => {
    const { CI: _, ...env } = process.env;
    // A terminal without a width breaks every line after its first character.
    const command = `stty cols 100 && '${NODE}' '${cliFile()}' ${words}`;
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: folder,
      env: { ...env, TERM: "xterm", ...added },
      timeout: 50_000,
    });
    const waiting = [...answers];
    let out = "";
    let seen = 0;
    child.stdout.on("data", (part: Buffer) => {
      out += part.toString();
      const [question, keys] = waiting[0] ?? [];
      if (question === undefined || keys === undefined || !out.slice(seen).includes(question)) return;
      seen = out.length;
      waiting.shift();
      child.stdin.write(keys);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, out }));
  });
}
