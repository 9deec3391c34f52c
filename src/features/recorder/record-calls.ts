import { createHash, randomUUID } from "node:crypto";
import { localDate, utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { gitDirectory } from "../../platform/git/git-directory.ts";
import { cleanReference } from "../../vocabulary/clean-reference.ts";
import { appendLines, isPathPart } from "../record/index.ts";
import { hmacOf } from "./hmac-of.ts";
import { holdSession } from "./hold-session.ts";
import { maskLookalikes } from "./mask-lookalikes.ts";
import type { RecorderSession, SeenCall } from "./seen-call.ts";
import { type LastLine, openSession, sessionFile } from "./session-file.ts";

/** What was appended to one file. */
export interface RecordedLines {
  /** From the top of the repository. */
  file: string;
  /** As they stand in the file, without their ends. */
  lines: string[];
}

const MAX_REFERENCE = 2_000;
const MAX_PURPOSE = 500;

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Required fields are texts that are not empty, whatever a payload held. */
const said = (text: string, otherwise: string) => (text.trim() === "" ? otherwise : text);

/** A line but for its place in the chain. */
interface Prepared {
  at: number;
  first: Readonly<Record<string, unknown>>;
  rest: Readonly<Record<string, unknown>>;
}

/** All that takes time is done before others have to wait for it. */
function prepare({ agent, recorder, task, head }: RecorderSession, call: SeenCall): Prepared {
  const { reference } = cleanReference(said(call.docRef, "repo:."));
  const first = {
    tool: said(call.tool, "unknown"),
    doc_ref: cut(reference, MAX_REFERENCE),
    request_id: call.requestId ?? randomUUID(),
    timestamp: utcTimestamp(call.at),
    purpose: cut(maskLookalikes(said(call.purpose, "not said")), MAX_PURPOSE),
    agent,
    task,
  };
  const rest = {
    action: call.action,
    server: call.server,
    outcome: call.outcome,
    duration_ms: call.durationMs,
    input_hmac: call.input === undefined ? undefined : hmacOf(call.input),
    output_hmac: call.output === undefined ? undefined : hmacOf(call.output),
    recorder,
    head,
    ...call.more,
  };
  return { at: call.at, first, rest };
}

function lineOf({ first, rest }: Prepared, session: string, last: LastLine | null): string {
  return JSON.stringify({ ...first, session, seq: (last?.seq ?? 0) + 1, prev: last?.sum, ...rest });
}

function refuseUnfit({ agent, session, recorder }: RecorderSession): void {
  for (const [what, text] of Object.entries({ agent, session, recorder: recorder.name })) {
    if (isPathPart(text)) continue;
    throw new Refusal(
      "INPUT_INVALID",
      `the ${what} ${JSON.stringify(text.slice(0, 80))} cannot name a file`,
      {
        hint: "use letters, digits and . _ - @, at most 100, not beginning or ending with a dot",
      },
    );
  }
}

function appendAll(session: RecorderSession, gitDir: string, calls: readonly Prepared[]): RecordedLines[] {
  const { root, agent, recorder } = session;
  const place = { root, gitDir, agent, recorder: recorder.name, session: session.session };
  let { name, last } = openSession(place);
  const written: RecordedLines[] = [];
  for (const call of calls) {
    const file = sessionFile(agent, localDate(call.at), recorder.name, name);
    const line = lineOf(call, name, last);
    last = { sum: createHash("sha256").update(line).digest("hex"), seq: (last?.seq ?? 0) + 1 };
    const current = written.at(-1);
    if (current?.file === file) current.lines.push(line);
    else written.push({ file, lines: [line] });
  }
  for (const { file, lines } of written) appendLines(root, file, lines);
  return written;
}

/**
 * Appends calls as evidence lines of one session, in the order given, chained to its last line; those of one day in
 * one atomic write. Secrets are out before: arguments and answers are hashed, addresses cleaned, purposes masked.
 * @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE; Fault FILE_FAILED
 */
export function recordCalls(session: RecorderSession, calls: readonly SeenCall[]): RecordedLines[] {
  refuseUnfit(session);
  if (calls.length === 0) return [];
  const gitDir = gitDirectory(session.root);
  if (gitDir === null) {
    throw new Refusal("INPUT_INVALID", `${session.root} is no top of a git checkout`, {
      hint: "record in a checkout",
    });
  }
  const lock = `${session.agent}.${session.recorder.name}.${session.session}`;
  const prepared = calls.map((call) => prepare(session, call));
  return holdSession(gitDir, lock, () => appendAll(session, gitDir, prepared));
}
