import { spawnSync } from "node:child_process";
import type { ParserOptions } from "oxc-parser";
import type { parseAsText } from "./parse-as-text.ts";

/**
 * WebAssembly runs on V8's stack, under 1 MiB by default, where the native parser has the 8 MiB of its process. In
 * KiB and below 8 MiB, so that both read about the same depth: 5,000 brackets, 2,500 functions.
 */
const STACK_KIB = 7_000;
const TRIAL_MS = 20_000;
const MAX_ANSWER_BYTES = 1 << 30;
const TRIAL = `
const [file, filename, options] = process.argv.slice(1);
const code = require("node:fs").readFileSync(0, "utf8");
const answer = require(file).parseAsText(filename, code, JSON.parse(options));
process.stdout.write(JSON.stringify(answer));
`;

/**
 * Parses in a process of its own with a deeper stack.
 * @throws RangeError when that is not deep enough either
 */
export function parseWithDeepStack(
  filename: string,
  code: string,
  options: ParserOptions,
): ReturnType<typeof parseAsText> {
  const words = [`--stack-size=${STACK_KIB}`, "-e", TRIAL, __filename, filename, JSON.stringify(options)];
  const trial = spawnSync(process.execPath, words, {
    input: code,
    encoding: "utf8",
    timeout: TRIAL_MS,
    maxBuffer: MAX_ANSWER_BYTES,
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  if (trial.status !== 0) throw new RangeError("the code nests too deeply");
  return JSON.parse(trial.stdout);
}
