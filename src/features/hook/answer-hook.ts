import { messageOf } from "../../platform/errors/index.ts";
import { HOST_NAMES, type Host } from "./host.ts";
import { hostNamed } from "./hosts.ts";
import { type HookInput, MAX_PAYLOAD_BYTES, PATIENCE_MS, readInput } from "./read-input.ts";
import { findPlace, type HookWorld, recordEvent } from "./record-event.ts";

/** One run of the hook, as a process sees it. */
export interface HookRun extends HookWorld {
  /** The host, and for hosts whose payloads do not name it the event. */
  words: readonly string[];
  /** The descriptor that the payload comes from. */
  input: number;
  /** A sentence for whoever looks for it. Never standard output: hosts read decisions there. */
  tell(sentence: string): void;
}

function problemOf({ problem, text, value }: HookInput): string | null {
  if (problem === "too large") return `the payload is over ${MAX_PAYLOAD_BYTES >> 20} MiB`;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return null;
  if (problem === "no end") return `standard input did not end within ${PATIENCE_MS} ms of silence`;
  return text.trim() === "" ? "the payload is empty" : "the payload is no JSON object";
}

function record(run: HookRun, host: Host, event: string | null, input: HookInput): void {
  const place = findPlace(host, input.value, run, run.tell);
  if (place === null) return;
  const problem = problemOf(input);
  try {
    if (problem === null) recordEvent(host, input.value, event, place, run);
    else place.complain(problem);
  } catch (error) {
    place.complain(messageOf(error));
  }
}

/**
 * `growth-engine hook <host>`: records what the host says on standard input, and leaves. It never fails: whatever goes
 * wrong is its own fault, and no reason to stop the agent.
 * @returns false where the host keeps standard input open without a whole payload: a thread reads it still
 */
export async function answerHook(run: HookRun): Promise<boolean> {
  const [word = "", event = null] = run.words;
  const host = hostNamed(word);
  if (host === null) {
    run.tell(`there is no host of this name; hosts are ${HOST_NAMES.join(", ")}`);
    return true;
  }
  const input = await readInput(run.input);
  try {
    record(run, host, event, input);
  } catch (error) {
    run.tell(`nothing was recorded: ${messageOf(error)}`);
  }
  return !input.isHeld;
}
