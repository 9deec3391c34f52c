import type { AnswerOf } from "../../../platform/endpoint/index.ts";
import { isRefusal, messageOf, Refusal } from "../../../platform/errors/index.ts";
import type { Outcome } from "../../../platform/group-commit/index.ts";
import type { Actor } from "../../../vocabulary/actor.ts";
import { Beat, MAX_LINES, type Received, type sendBeats } from "./contract.ts";
import type { Recorder } from "./open-recorder.ts";
import { type ReceivedBeat, receiveBeat } from "./received-beat.ts";

type Answer = AnswerOf<typeof sendBeats>;
type Line = { line: number } & ({ beat: ReceivedBeat } | { error: unknown });

/** Of a broken line, as many mistakes as a person mends at once. */
const SHOWN = 3;

function parse(text: string): Beat {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `is no JSON: ${messageOf(error)}`);
  }
  const result = Beat.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, SHOWN);
  throw new Refusal(
    "INPUT_INVALID",
    issues
      .map(({ path, message }) => [path.join("."), message].filter((part) => part !== "").join(": "))
      .join("; "),
  );
}

function readLine(text: string, line: number, actor: Actor, now: number): Line {
  try {
    return { line, beat: receiveBeat(parse(text), actor, now) };
  } catch (error) {
    return { line, error };
  }
}

function linesOf(body: unknown, actor: Actor, now: number): Line[] {
  if (typeof body !== "string")
    throw new Refusal("INPUT_INVALID", "the body is not lines of JSON", {
      hint: "Content-Type: application/x-ndjson",
    });
  const texts = body.split("\n");
  const read = texts.flatMap((text, index) =>
    text.trim() === "" ? [] : [readLine(text, index + 1, actor, now)],
  );
  if (read.length <= MAX_LINES) return read;
  throw new Refusal("INPUT_TOO_LARGE", `${read.length} lines are over ${MAX_LINES}`, {
    hint: "send them in several calls: a beat that is named by `beat` is never counted twice",
  });
}

/** What is to be said of a line; what is not the line's fault fails the whole call, so that it is told again. */
function refusedOf(line: number, error: unknown): Answer["refused"][number] {
  if (!isRefusal(error)) throw error;
  return { line, code: error.code, detail: error.message };
}

/** Judges each line by itself, and keeps those that are beats. @throws Refusal INPUT_INVALID, INPUT_TOO_LARGE, SERVER_BUSY */
export async function receiveLines(
  recorder: Recorder,
  body: unknown,
  actor: Actor,
  now: number,
): Promise<Answer> {
  const lines = linesOf(body, actor, now);
  const beats = lines.flatMap((line) => ("beat" in line ? [line.beat] : []));
  const outcomes = beats.length === 0 ? [] : await recorder.recordAll(beats);
  const answer: Answer = { received: 0, repeated: 0, refused: [] };
  let place = 0;
  for (const read of lines) {
    const outcome: Outcome<Received> | undefined = "error" in read ? read : outcomes[place++];
    if (outcome === undefined) continue;
    if ("error" in outcome) answer.refused.push(refusedOf(read.line, outcome.error));
    else if (outcome.done.repeated) answer.repeated += 1;
    else answer.received += 1;
  }
  return answer;
}
