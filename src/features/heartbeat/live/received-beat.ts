import { randomBytes } from "node:crypto";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import type { Actor } from "../../../vocabulary/actor.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { Beat } from "./contract.ts";
import { byServerClock, standingOf } from "./rules.ts";

/** A beat as it is written: the columns of the table of beats, and what it makes of its agent. Times are RFC 3339. */
export interface ReceivedBeat {
  fleet_id: string;
  agent: string;
  beat: string;
  /** Whether the agent named it, and may tell it again. */
  is_named: boolean;
  day: string;
  received_at: string;
  sent_at: string | null;
  session: string | null;
  task: string | null;
  fence: number | null;
  status: Beat["status"];
  progress: string | null;
  file: string | null;
  tool: string | null;
  tool_call: string | null;
  budget_s: number | null;
  waiting_for: Beat["waiting_for"] | null;
  waiting_until: string | null;
  tree: string | null;
  result: string | null;
  says: string;
  silent_from: string | null;
  tool_until: string | null;
}

const SECOND = 1_000;
const DATE = "2026-01-31".length;
/** Beyond these, PostgreSQL's and everybody's calendars differ, and no clock is that wrong. */
const EARLIEST = parseTimestamp("1970-01-01T00:00:00Z") ?? 0;
const LATEST = parseTimestamp("2200-01-01T00:00:00Z") ?? 0;
/** Whoever waits longer than this does not wait. */
const MAX_WAIT = 31 * 86_400_000;

/** Tells this process's names from those of all others. */
const PROCESS = randomBytes(9).toString("base64url");
let named = 0;

/** A name that no beat has; names rise, so that they are kept in one place of the index. */
function makeName(): string {
  named += 1;
  return `${PROCESS}-${named.toString(36).padStart(7, "0")}`;
}

let lastWritten = { instant: Number.NaN, text: "" };

/** As it is written; most beats of a group were received in the same millisecond. */
function receivedText(instant: number): string {
  if (instant !== lastWritten.instant) lastWritten = { instant, text: utcTimestamp(instant) };
  return lastWritten.text;
}

const written = (instant: number | null): string | null => (instant === null ? null : receivedText(instant));

function timeOf(text: string | undefined, what: string): number | null {
  const instant = text === undefined ? null : parseTimestamp(text);
  if (instant === null || (instant >= EARLIEST && instant <= LATEST)) return instant;
  throw new Refusal("INPUT_INVALID", `body ${what}: lies outside of the years 1970 to 2199`);
}

function waitOf({ waiting_for, until }: Beat, sentAt: number | null, now: number) {
  if (waiting_for === undefined) return null;
  const instant = timeOf(until, "until");
  const end = instant === null ? null : byServerClock(instant, sentAt, now);
  if (end !== null && end > now + MAX_WAIT)
    throw new Refusal("INPUT_INVALID", "body until: is over 31 days ahead");
  return { for: waiting_for, until: end };
}

/** An agent's token acts as that agent alone; a line that names another is a mistake, not a wish. */
function ownerOf({ agent }: Beat, actor: Actor): string {
  if (actor.agent !== null && (agent === undefined || agent === actor.agent)) return actor.agent;
  throw new Refusal(
    "TOKEN_ROLE",
    `this token is of ${actor.agent ?? "nobody"} and does not beat for ${agent}`,
    {
      hint: "beat with the token of that agent",
    },
  );
}

/** A beat as its agent said it, as it is written. @throws Refusal TOKEN_ROLE, INPUT_INVALID */
export function receiveBeat(beat: Beat, actor: Actor, now: number): ReceivedBeat {
  const agent = ownerOf(beat, actor);
  const sentAt = timeOf(beat.timestamp, "timestamp");
  const wait = waitOf(beat, sentAt, now);
  const budget = beat.tool === undefined ? null : beat.tool.budget_seconds * SECOND;
  const standing = standingOf({ status: beat.status, receivedAt: now, wait, budget });
  const received = receivedText(now);
  return {
    fleet_id: actor.fleet.id,
    agent,
    beat: beat.beat ?? makeName(),
    is_named: beat.beat !== undefined,
    day: received.slice(0, DATE),
    received_at: received,
    sent_at: written(sentAt),
    session: beat.session ?? null,
    task: beat.task ?? null,
    fence: beat.fence ?? null,
    status: beat.status,
    progress: beat.progress ?? null,
    file: beat.file ?? null,
    tool: beat.tool?.name ?? null,
    tool_call: beat.tool?.call ?? null,
    budget_s: beat.tool?.budget_seconds ?? null,
    waiting_for: beat.waiting_for ?? null,
    waiting_until: written(wait?.until ?? null),
    tree: beat.tree ?? null,
    result: beat.result ?? null,
    says: standing.says,
    silent_from: written(standing.silentFrom),
    tool_until: written(standing.toolUntil),
  };
}
