import type { Readable } from "node:stream";
import { messageOf } from "../../platform/errors/index.ts";
import { HOST_NAMES } from "./host.ts";
import { hostNamed } from "./hosts.ts";
import { type HookInput, MAX_PAYLOAD_BYTES, PATIENCE_MS, readInput } from "./read-input.ts";
import { findPlace, type HookWorld, recordEvent } from "./record-event.ts";

/** One run of the hook, as a process sees it. */
export interface HookRun extends HookWorld {
  /** The host, and for hosts whose payloads do not name it the event. */
  words: readonly string[];
  input: Readable;
  /** A sentence for whoever looks for it. Never standard output: hosts read decisions there. */
  tell(sentence: string): void;
}

function problemOf({ problem, text }: HookInput, parsed: unknown): string | null {
  if (problem === "too large") return `the payload is over ${MAX_PAYLOAD_BYTES >> 20} MiB`;
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return null;
  if (problem === "no end") return `standard input did not end within ${PATIENCE_MS} ms of silence`;
  return text.trim() === "" ? "the payload is empty" : "the payload is no JSON object";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by whoever sees that it is no object.
    return undefined;
  }
}

async function record(run: HookRun): Promise<void> {
  const [word = "", event = null] = run.words;
  const host = hostNamed(word);
  if (host === null) {
    run.tell(`there is no host of this name; hosts are ${HOST_NAMES.join(", ")}`);
    return;
  }
  const input = await readInput(run.input);
  const payload = parse(input.text);
  const place = findPlace(host, payload, run, run.tell);
  if (place === null) return;
  const problem = problemOf(input, payload);
  try {
    if (problem === null) recordEvent(host, payload, event, place, run);
    else place.complain(problem);
  } catch (error) {
    place.complain(messageOf(error));
  }
}

/**
 * `growth-engine hook <host>`: records what the host says on standard input, and leaves. It never fails: whatever goes
 * wrong is its own fault, and no reason to stop the agent.
 */
export async function answerHook(run: HookRun): Promise<void> {
  try {
    await record(run);
  } catch (error) {
    run.tell(`nothing was recorded: ${messageOf(error)}`);
  }
}
