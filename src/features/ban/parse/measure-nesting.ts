import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { endsWithItsStack } from "./load-parser.ts";

/**
 * The parser recurses in native code and takes the whole process down when its stack ends (seen from 1,000 to
 * 5,000 levels on). Far below that, a file is read in place; above, a process of its own tries first.
 */
const SAFE_BRACES = 250;
const SAFE_RUN = 2_500;
const TRIAL_MS = 20_000;
const TRIAL = `
const { parseSync } = require("oxc-parser");
const code = require("node:fs").readFileSync(0, "utf8");
for (const lang of ["tsx", "ts"]) void parseSync("source." + lang, code, { lang, preserveParens: false }).program;
`;
const SLASH = 47;
const STAR = 42;
const NEWLINE = 10;
const BACKSLASH = 92;

/** Where the text or comment that begins at `at` ends; `at` itself when none does. They nest nothing. */
function skipQuiet(code: string, at: number): number {
  const first = code.charCodeAt(at);
  if (first === SLASH) {
    const second = code.charCodeAt(at + 1);
    if (second !== SLASH && second !== STAR) return at;
    const end = code.indexOf(second === SLASH ? "\n" : "*/", at + 2);
    return end < 0 ? code.length : end + 1;
  }
  for (let end = at + 1; end < code.length; end += 1) {
    const character = code.charCodeAt(end);
    if (character === NEWLINE) return at;
    if (character === BACKSLASH) end += 1;
    else if (character === first) return end;
  }
  return at;
}

/** Deep constructs need many braces, or a long way without a brace or a semicolon. */
function isSuspect(code: string): boolean {
  let depth = 0;
  let run = 0;
  for (let at = 0; at < code.length; at += 1) {
    const character = code.charCodeAt(at);
    if (character === SLASH || character === 34 || character === 39) at = skipQuiet(code, at);
    if (character === 123) depth += 1;
    else if (character === 125) depth = Math.max(0, depth - 1);
    else if (character !== 59) {
      if (character > 32) run += 1;
      if (run > SAFE_RUN) return true;
      continue;
    }
    if (depth > SAFE_BRACES) return true;
    run = 0;
  }
  return false;
}

/** Does this code nest so deeply that the parser would not survive it? */
export function exceedsNesting(code: string): boolean {
  if (!endsWithItsStack || code.length <= SAFE_BRACES || !isSuspect(code)) return false;
  const trial = spawnSync(process.execPath, ["-e", TRIAL], {
    cwd: dirname(realpathSync(process.argv[1] ?? process.execPath)),
    input: code,
    timeout: TRIAL_MS,
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return trial.status !== 0;
}
