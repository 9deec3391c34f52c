import { formatTimestamp, isCalendarDate, parseTimestamp } from "../../vocabulary/timestamp.ts";
import type { Override, UncountedApproval } from "../verdict/index.ts";

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
const BEGUN = /^[ \t]*growth-engine override:(.*)$/im;
const DAY_MS = 86_400_000;

/**
 * The line `growth-engine override: <reason> until <YYYY-MM-DD>` of a review; null when there is none. A line that
 * says only one of the two gives an empty text for the other, which is no override and is told.
 */
export function parseApprovalText(text: string): { reason: string; until: string } | null {
  const read = text.slice(0, 65_536);
  const [, reason, until] = SPELLING.exec(read) ?? [];
  if (reason !== undefined && until !== undefined) return { reason, until };
  const half = BEGUN.exec(read)?.[1]?.trim();
  if (half === undefined) return null;
  const [, expiry] = /^until[ \t]+(\S+)$/i.exec(half) ?? [];
  return expiry === undefined ? { reason: half, until: "" } : { reason: "", until: expiry };
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

/** What an approval is held against: the head, its commit time (ms since 1970) and who opened the pull request. */
interface Judged {
  head: string;
  headTime: number;
  actor: string | null;
}

const EXAMPLE = "growth-engine override: <reason> until <YYYY-MM-DD>";
const MOST_SHOWN = 40;

function shown(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** Teams are asked of a forge for approvals of the head alone, so that the head comes first. */
function whyUncounted(approval: Approval, allowed: readonly string[], subject: Judged): string | null {
  const { user, teams, head, reason, until } = approval;
  const names = new Set(allowed.map(fold));
  const expiry = expiryOf(until);
  if (head !== subject.head) {
    return `it is of ${shown(head).slice(0, 10)}, and the head is ${subject.head.slice(0, 10)}: approve again`;
  }
  if (subject.actor !== null && fold(subject.actor) === fold(user)) return "it is by who opened the change";
  if (![user, ...teams].some((name) => names.has(fold(name)))) {
    return "pullRequest.override names neither the user nor, as far as could be seen, a team of the user";
  }
  if (reason.trim() === "") return `it gives no reason: ${EXAMPLE}`;
  if (until === "") return `it gives no expiry: ${EXAMPLE}`;
  if (expiry === null) return `its expiry "${shown(until)}" is no date: ${EXAMPLE}`;
  if (expiry >= subject.headTime) return null;
  return `it held until ${until}, and the head is of ${formatTimestamp(subject.headTime)}: approve again with a later expiry`;
}

/**
 * The approval that turns `fail` into `pass`: by a named user or team, of exactly this head, with a reason, not
 * expired at the head commit's time, and not by the pull request's own author.
 */
export function judgeOverride(
  approvals: readonly Approval[],
  allowed: readonly string[],
  subject: Judged,
): Override | null {
  const found = approvals.find((approval) => whyUncounted(approval, allowed, subject) === null);
  return found ? { by: found.user, reason: found.reason, until: found.until, head: found.head } : null;
}

/** The approvals that do not count, each with the first reason why. */
export function uncountedApprovals(
  approvals: readonly Approval[],
  allowed: readonly string[],
  subject: Judged,
): UncountedApproval[] {
  return approvals.flatMap((approval) => {
    const why = whyUncounted(approval, allowed, subject);
    return why === null ? [] : [{ by: approval.user, why }];
  });
}
