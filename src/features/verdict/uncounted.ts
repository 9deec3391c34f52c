import type { Subject } from "./renderer.ts";
import { isWhole } from "./renderer.ts";

/** Anybody may approve on a public forge; `--format json` holds all. */
const MOST = 10;

/** One sentence for each approval that is no override, and how many are left out. */
export function uncountedOf(subject: Subject): string[] {
  const uncounted = isWhole(subject) ? (subject.uncounted ?? []) : [];
  const said = uncounted.slice(0, MOST).map(({ by, why }) => `the approval by ${by} is no override: ${why}`);
  const rest = uncounted.length - said.length;
  return rest > 0 ? [...said, `${rest} more approvals are no override; --format json holds all`] : said;
}
