import { type Finding, fail, ok, unknown, warn } from "../../../vocabulary/health.ts";

/** One check of a commit. */
export interface HeadCheck {
  name: string;
  /** GitHub's conclusion; null while it runs. */
  conclusion: string | null;
}

/** Conclusions that nobody needs to do anything about (docs.github.com "About status checks"). */
const FINE: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);
const SHOWN = 4;

function list(checks: readonly HeadCheck[]): string {
  const names = checks.slice(0, SHOWN).map(({ name }) => name);
  return checks.length > SHOWN ? `${names.join(", ")} and ${checks.length - SHOWN} more` : names.join(", ");
}

/** Is the head of the branch green? */
export function judgeHeadChecks(branch: string, checks: readonly HeadCheck[]): Finding {
  const facts = { branch, checks };
  const failed = checks.filter(({ conclusion }) => conclusion !== null && !FINE.has(conclusion));
  const running = checks.filter(({ conclusion }) => conclusion === null);
  if (checks.length === 0)
    return unknown(`no check ran on the head of ${branch}`, "see the repository's Actions page", facts);
  if (failed.length > 0)
    return fail(`${branch} is red: ${list(failed)}`, `gh run list --branch ${branch}`, facts);
  if (running.length > 0) return warn(`${branch}: ${list(running)} still running`, null, facts);
  return ok(`${branch} is green: ${checks.length} ${checks.length === 1 ? "check" : "checks"} passed`, facts);
}
