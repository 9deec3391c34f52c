import { OUTCOMES, REQUIRED_FIELDS } from "../../../src/features/evidence/contract.ts";
import { STATUSES } from "../../../src/features/heartbeat/beat.ts";
import { ACTIONS } from "../../../src/vocabulary/action.ts";

export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** A date of the Gregorian calendar, as `isCalendarDate` knows it. */
const LEAP_YEAR = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const DATE = [
  "\\d{4}-(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])",
  "\\d{4}-(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)",
  "\\d{4}-02-(?:0[1-9]|1\\d|2[0-8])",
  `${LEAP_YEAR}-02-29`,
].join("|");
const TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?";
const OFFSET = "(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)";

const TIMESTAMP = {
  description: "RFC 3339 date and time with an offset, on a real day of the calendar; fractions are allowed.",
  type: "string",
  pattern: `^(?:${DATE})[Tt ]${TIME}${OFFSET}$`,
  examples: ["2026-01-31T09:30:00Z", "2026-01-31T03:30:00.125-06:00"],
};
const text = (description: string) => ({ description, type: "string", pattern: "\\S" });
/** As `isPathPart` knows it. */
const pathPart = (description: string) => ({
  description,
  type: "string",
  pattern: "^(?!.*\\.$)[A-Za-z0-9@_][A-Za-z0-9@._-]{0,99}$",
});
/** The reader's first look at a text is at its first character (check-line.ts). */
const evidenceText = (description: string) => ({ ...text(description), pattern: "\\S|^[^\\u0000-\\u0020]" });

/** The JSON Schema of one line of an evidence file. */
export function evidenceSchema(): object {
  const required = {
    tool: evidenceText("The tool that was used, such as `context7`."),
    doc_ref: evidenceText(
      "What was consulted: an address, or `repo:<path>`; without user information and secrets.",
    ),
    request_id: evidenceText("Id of the call; no other line of the agent has it."),
    timestamp: TIMESTAMP,
    purpose: evidenceText("What it was consulted for."),
  };
  return {
    $schema: DIALECT,
    $id: "evidence.schema.json",
    title: "Evidence line",
    description:
      "One line of artifacts/<agent>/<YYYY-MM-DD>/mcp/*.jsonl, as `growth-engine evidence add` takes it. A reader holds only the required fields against it. What no schema can say: a line holds at most 1 MiB, its date is the folder's, its request_id stands once, `prev` is the sum of the line before, and lines are never changed.",
    type: "object",
    required: [...REQUIRED_FIELDS],
    properties: {
      ...required,
      agent: pathPart("Who: also the name of the folder."),
      task: text("For which task, such as `ENG-042`."),
      session: text("The session; its lines are chained."),
      seq: {
        description: "Number of the line in its session.",
        type: "integer",
        minimum: 0,
        maximum: 2 ** 53 - 1,
      },
      server: text("The MCP server that answered."),
      outcome: { description: "How the call ended.", enum: [...OUTCOMES] },
      action: {
        description:
          "What the call was for. Only consultations count as evidence; a line without it tells of one.",
        enum: [...ACTIONS],
      },
      duration_ms: { description: "How long it took, in milliseconds.", type: "number", minimum: 0 },
      input_hmac: text("Keyed sum of what was asked."),
      output_hmac: text("Keyed sum of what was answered."),
      recorder: {
        description: "What wrote the line, where no agent did.",
        type: "object",
        required: ["kind", "name", "version"],
        properties: { kind: text("Such as `hook`."), name: text("Its name."), version: text("Its version.") },
      },
      head: text("The commit on which the work stood."),
      prev: {
        description: "SHA-256 of the bytes of the session's line before, without its line end.",
        type: "string",
        pattern: "^[0-9a-f]{64}$",
      },
      receipt: { description: "What the control plane signed.", type: "object" },
    },
  };
}

/** The JSON Schema of one line of a heartbeat file. */
export function heartbeatSchema(): object {
  return {
    $schema: DIALECT,
    $id: "heartbeat.schema.json",
    title: "Heartbeat line",
    description:
      "One line of artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson or heartbeat.<session>.ndjson, as `growth-engine heartbeat beat` writes it. A reader holds only timestamp, task and status against it. What no schema can say: a line holds at most 1 MiB, the times of a session do not go back, and lines are never changed.",
    type: "object",
    required: ["timestamp", "task", "status"],
    properties: {
      timestamp: TIMESTAMP,
      task: text("The task, such as `ENG-042`."),
      status: { description: "What the agent says of the task.", enum: [...STATUSES] },
      progress: text('How far: `"40%"` or any text.'),
      file: text("The file that is worked on, from the top of the repository."),
      agent: pathPart("Who: also the name of the folder."),
      session: pathPart("The session; also part of the file's name."),
      recorder: {
        description: "What wrote the line, where no agent did.",
        type: "object",
        required: ["kind", "name", "version"],
        properties: { kind: text("Such as `hook`."), name: text("Its name."), version: text("Its version.") },
      },
    },
  };
}
