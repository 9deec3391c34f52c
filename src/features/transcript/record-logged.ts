import { createHash } from "node:crypto";
import { withoutSecrets } from "../evidence/index.ts";
import { isPathPart } from "../record/index.ts";
import { type RecorderIdentity, recordCalls, type SeenCall } from "../recorder/index.ts";
import { tellCall } from "./host-tools.ts";
import type { LoggedCall, LogSession } from "./logged-call.ts";

/** For whom, and where, logged calls are recorded. */
export interface RecordingGround {
  root: string;
  agent: string;
  task: string | undefined;
  recorder: RecorderIdentity;
}

const MAX_ID = 60;
const SUM = 32;

/** A host's id as part of a file's name; whatever cannot stand in one by its sum. */
function sessionName(id: string): string {
  const fits = id.length <= MAX_ID && isPathPart(id);
  return `transcript-${fits ? id : createHash("sha256").update(id).digest("hex").slice(0, SUM)}`;
}

/** Calls in words of evidence, without secrets, and how many texts lost one. */
async function tellAll(
  calls: readonly LoggedCall[],
  root: string,
): Promise<{ told: SeenCall[]; taken: number }> {
  const { entries, taken } = await withoutSecrets(calls.map((call) => ({ ...tellCall(call, root) })));
  const told = entries.map((entry, index) => {
    const { id, at, input, output, outcome, durationMs } = calls[index] as LoggedCall;
    return { ...(entry as unknown as SeenCall), requestId: id, at, input, output, outcome, durationMs };
  });
  return { told, taken: taken.length };
}

/**
 * Records calls of a session through the recorder, contents dropped. Returns the files and how many secrets were
 * taken out.
 * @throws Refusal INPUT_INVALID; Fault FILE_FAILED
 */
export async function recordLogged(
  { root, agent, task, recorder }: RecordingGround,
  session: LogSession,
  calls: readonly LoggedCall[],
): Promise<{ files: string[]; taken: number }> {
  const { told, taken } = await tellAll(calls, root);
  const name = sessionName(session.id);
  const written = recordCalls({ root, agent, session: name, recorder, task }, told);
  return { files: written.map(({ file }) => file), taken };
}
