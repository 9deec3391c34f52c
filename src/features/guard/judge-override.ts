import { isCalendarDate, parseTimestamp } from "../../vocabulary/timestamp.ts";
import type { Override } from "../verdict/index.ts";

/** An approval as the forge reports it: who, of which commit, why and until when. */
export interface Approval {
  user: string;
  /** Teams of the user, as `@org/team`. */
  teams: readonly string[];
  /** The commit that was approved. */
  head: string;
  reason: string;
  /** `YYYY-MM-DD` (to the end of that day, UTC) or RFC 3339. */
  until: string;
}

const SPELLING = /^[ \t]*growth-engine override:[ \t]*(\S.*?)[ \t]+until[ \t]+(\S+)[ \t]*$/im;
const DAY_MS = 86_400_000;

/** The line `growth-engine override: <reason> until <YYYY-MM-DD>` of a review; null when there is none. */
export function parseApprovalText(text: string): { reason: string; until: string } | null {
  const [, reason, until] = SPELLING.exec(text.slice(0, 65_536)) ?? [];
  return reason !== undefined && until !== undefined ? { reason, until } : null;
}

/** The last instant at which an expiry still holds; null when it is no date. */
export function expiryOf(until: string): number | null {
  if (!isCalendarDate(until)) return parseTimestamp(until);
  const midnight = parseTimestamp(`${until}T00:00:00Z`);
  return midnight === null ? null : midnight + DAY_MS - 1;
}

function fold(name: string): string {
  return name.replace(/^@/, "").toLowerCase();
}

/**
 * The approval that turns `fail` into `pass`: by a named user or team, of exactly this head, with a reason, not
 * expired at the head commit's time, and not by the pull request's own author.
 */
export function judgeOverride(
  approvals: readonly Approval[],
  allowed: readonly string[],
  subject: { head: string; headTime: number; actor: string | null },
): Override | null {
  const names = new Set(allowed.map(fold));
  for (const { user, teams, head, reason, until } of approvals) {
    const expiry = expiryOf(until);
    const named = [user, ...teams].some((name) => names.has(fold(name)));
    const own = subject.actor !== null && fold(subject.actor) === fold(user);
    if (!named || own || head !== subject.head || reason.trim() === "" || expiry === null) continue;
    if (expiry >= subject.headTime) return { by: user, reason, until, head };
  }
  return null;
}
