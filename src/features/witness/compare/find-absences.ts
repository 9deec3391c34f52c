import type { SeenLine, Witness } from "../seen-line.ts";
import { hookLimit } from "./host-limits.ts";
import type { SeenCall } from "./match-calls.ts";
import { covers, hostSession, type Stretch, type WatchTimes, watchTimes } from "./watch-times.ts";

/** A witness that could have been asked about a call and has no line of it. */
export interface Absence {
  witness: Witness;
  /** Why that need not surprise; null where nothing explains it. */
  explained: string | null;
}

/** What was recording when, by kind of witness. */
export interface Watches {
  hook: WatchTimes;
  proxy: WatchTimes;
  transcript: WatchTimes;
}

/** Only these watch everything that passes them by; runs and telemetry are asked for one by one. */
export function watchesOf(lines: readonly SeenLine[]): Watches {
  const of = (kind: Witness) => watchTimes(lines.filter(({ witness }) => witness === kind));
  return { hook: of("hook"), proxy: of("proxy"), transcript: of("transcript") };
}

const NONE: readonly Stretch[] = [];

function isWatched({ scopes }: WatchTimes, scope: string, at: number): boolean {
  return covers(scopes.get(scope) ?? NONE, at);
}

function ofProxy(call: SeenCall, { proxy }: Watches): Absence[] {
  const isWatching = call.lines.some(({ agent, tool }) => isWatched(proxy, `${agent}\0${tool}`, call.at));
  return isWatching ? [{ witness: "proxy", explained: null }] : [];
}

/** The line by which a host's session is known: what a proxy or telemetry calls a session is another thing. */
function lineOfHost({ lines }: SeenCall): SeenLine | undefined {
  return lines.find(({ witness }) => witness === "hook" || witness === "transcript");
}

function agentOf({ lines }: SeenCall): string {
  return lines[0]?.agent ?? "";
}

function ofHook(call: SeenCall, { hook }: Watches): Absence[] {
  const line = lineOfHost(call);
  if (line === undefined)
    return isWatched(hook, agentOf(call), call.at) ? [{ witness: "hook", explained: null }] : [];
  const session = hook.sessions.get(hostSession(line) ?? "");
  const explained =
    hookLimit(call.lines.find(({ subagent }) => subagent !== null) ?? line, line.recorder) ??
    (session === undefined ? "no hook recorded anything of that session" : null) ??
    (session !== undefined && call.at < session.from ? "the hook began to record later" : null);
  return [{ witness: "hook", explained }];
}

/** Somebody imports a transcript, or nobody does: only one that was imported is asked. */
function ofTranscript(call: SeenCall, { transcript }: Watches): Absence[] {
  const line = lineOfHost(call);
  if (line === undefined)
    return isWatched(transcript, agentOf(call), call.at) ? [{ witness: "transcript", explained: null }] : [];
  const session = transcript.sessions.get(hostSession(line) ?? "");
  if (session === undefined) return [];
  const isLater = call.at > session.until;
  return [{ witness: "transcript", explained: isLater ? "the transcript was imported before" : null }];
}

/**
 * Who could have seen a call and did not. A typed line is dated when it was typed, and a run or telemetry tells of its
 * own thing: of a call that only these know, nobody else is asked.
 */
export function findAbsences(call: SeenCall, watches: Watches): Absence[] {
  const seen = new Set(call.lines.map(({ witness }) => witness));
  if (![...seen].some((witness) => witness === "hook" || witness === "proxy" || witness === "transcript"))
    return [];
  return [
    ...(seen.has("hook") ? [] : ofHook(call, watches)),
    ...(seen.has("proxy") ? [] : ofProxy(call, watches)),
    ...(seen.has("transcript") ? [] : ofTranscript(call, watches)),
  ];
}
