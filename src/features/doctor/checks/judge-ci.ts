import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";

/** A file of a CI system that may run the guards. */
export interface CiFile {
  path: string;
  text: string;
}

const COMMENT = /^\s*#/;
/** The action out of the checked-out base: a copy, or an exact devDependency. */
const LOCAL = /\buses:\s*["']?\.\/\S*/;
const RELEASE = /\buses:\s*["']?[\w.-]+\/growth-engine(?:\/[^@\s]+)?@([^\s"']+)/;
/** A runner that fetches a package when it is not installed. */
const FETCHED = /\b(?:npx|bunx|pnpm dlx|yarn dlx|npm exec)\s(?:-\S+\s+)*growth-engine(?:@(\S+))?/;
const CALLED = /growth-engine/i;
const ACTION_OF_OURS = /growth-engine|dist\/portable/;

/** What a line says of which growth-engine runs: a pin, none, or nothing. */
function pinOf(line: string): "pinned" | "loose" | null {
  const release = RELEASE.exec(line);
  if (release) return /^[0-9a-f]{40}$/.test(release[1] ?? "") ? "pinned" : "loose";
  if (LOCAL.test(line)) return ACTION_OF_OURS.test(line) ? "pinned" : null;
  const fetched = FETCHED.exec(line);
  if (fetched) return /^\d+\.\d+\.\d+/.test(fetched[1] ?? "") ? "pinned" : "loose";
  return null;
}

/** Does CI run the guards, at a version that no pull request and no new release can change? */
export function judgeCi(files: readonly CiFile[]): Finding {
  const lines = files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, at) =>
        COMMENT.test(line) || (!CALLED.test(line) && !ACTION_OF_OURS.test(line)) ? [] : [{ path, line, at }],
      ),
  );
  const ours = [...new Set(lines.map(({ path }) => path))];
  const facts = { files: ours, installed: ours.length > 0 };
  if (ours.length === 0)
    return fail("no workflow runs the guards: nothing blocks a merge", "growth-engine init", facts);
  const loose = lines.find(({ line }) => pinOf(line) === "loose");
  if (loose)
    return warn(
      `${loose.path}:${loose.at + 1} runs whatever growth-engine is newest: ${loose.line.trim().slice(0, 80)}`,
      "name a commit of 40 digits, or an exact version; growth-engine init writes it so",
      facts,
    );
  return ok(`${ours.join(", ")}, pinned`, facts);
}
