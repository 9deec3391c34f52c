import type { Client } from "../../../../platform/client/index.ts";
import { isRefusal } from "../../../../platform/errors/index.ts";
import { holdLock } from "../../../../platform/files/index.ts";
import type { sendBeats as Endpoint } from "../contract.ts";
import {
  appendToSpool,
  forgetDelivered,
  isWaiting,
  readLines,
  spoolPaths,
  takeWaiting,
} from "./spool-file.ts";

/** What became of the beats that waited. */
export interface Delivered {
  received: number;
  /** Known before: an earlier delivery was ended before it could note that. */
  repeated: number;
  /** Each is kept in the file of refused beats. */
  refused: { line: string; code: string; detail: string }[];
  refusedFile: string;
}

const AT_ONCE = 500;

type Paths = ReturnType<typeof spoolPaths>;

/** A beat that was refused is not lost: it stands in a file of its own, once. */
function keepRefused({ refused }: Paths, lines: Delivered["refused"]): void {
  if (lines.length === 0) return;
  const known = new Set(readLines(refused).map((line) => (JSON.parse(line) as { beat: string }).beat));
  for (const { line, code, detail } of lines) {
    const beat: unknown = parse(line);
    const name = (beat as { beat?: unknown } | null)?.beat;
    if (typeof name === "string" && known.has(name)) continue;
    appendToSpool(refused, { ...(beat ?? { line }), beat: name ?? line, refused: { code, detail } });
  }
}

function parse(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" ? value : null;
  } catch {
    // Cut short by a full disk: the server says so too.
    return null;
  }
}

async function deliver(client: Client, lines: readonly string[], delivered: Delivered): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const some = lines.slice(at, at + AT_ONCE);
    const answer = await client.ask<typeof Endpoint>("POST /api/v1/heartbeat/batch", {
      body: some.join("\n"),
    });
    delivered.received += answer.received;
    delivered.repeated += answer.repeated;
    for (const { line, code, detail } of answer.refused)
      delivered.refused.push({ line: some[line - 1] ?? "", code, detail });
  }
}

/**
 * Delivers the beats that waited for the server, in their order. May be ended at any moment: each beat has a name, so
 * that what is told again is not counted again.
 * @returns null when nothing waits, or another process is at it
 * @throws Fault SERVER_UNAVAILABLE; Refusal of the token
 */
export async function deliverBeats(client: Client, env: NodeJS.ProcessEnv): Promise<Delivered | null> {
  const paths = spoolPaths(env, client.id);
  if (!isWaiting(paths)) return null;
  const delivered: Delivered = { received: 0, repeated: 0, refused: [], refusedFile: paths.refused };
  try {
    await holdLock(paths.lock, "delivering beats", async () => {
      for (let lines = takeWaiting(paths); lines.length > 0; lines = takeWaiting(paths)) {
        const before = delivered.refused.length;
        await deliver(client, lines, delivered);
        keepRefused(paths, delivered.refused.slice(before));
        forgetDelivered(paths);
      }
    });
  } catch (error) {
    if (isRefusal(error) && error.message.startsWith("delivering beats is under way")) return null;
    throw error;
  }
  return delivered;
}

/** What became of them, as a sentence. */
export function describeDelivered({ received, repeated, refused, refusedFile }: Delivered): string {
  const beats = (count: number) => `${count} ${count === 1 ? "beat" : "beats"}`;
  const known = repeated === 0 ? "" : `, ${repeated} known before`;
  const [first] = refused;
  const not =
    first === undefined
      ? ""
      : `; ${beats(refused.length)} refused (${first.code}: ${first.detail}) and kept in ${refusedFile}`;
  return `${beats(received)} that waited for the server delivered${known}${not}`;
}
