import type { RecorderIdentity, RecorderSession, SeenCall } from "../../src/features/recorder/index.ts";
import { recordBeat, recordCalls } from "../../src/features/recorder/index.ts";

/** The recorders that tests stand in for, as the real ones call themselves. */
const RECORDERS = {
  hook: { kind: "hook", name: "claude-code", version: "1.0.0" },
  transcript: { kind: "transcript", name: "claude-code", version: "1.0.0" },
  proxy: { kind: "proxy", name: "mcp-proxy", version: "1.0.0" },
} as const satisfies Record<string, RecorderIdentity>;

/** Who works on what, in which checkout. */
export interface Worker {
  root: string;
  agent: string;
  task: string;
}

/** A session of a recorder, named as the real ones name theirs. */
export function recorderSession(
  kind: keyof typeof RECORDERS,
  { root, agent, task }: Worker,
  host: string,
): RecorderSession {
  const prefix = { hook: "claude-code", transcript: "transcript", proxy: "proxy" }[kind];
  return { root, agent, task, session: `${prefix}-${host}`, recorder: RECORDERS[kind] };
}

/** An edit of a file, as a host's hook tells of it. */
export function edited(file: string, at: string, id: string): SeenCall {
  return {
    tool: "edit",
    docRef: `repo:${file}`,
    purpose: "Edit",
    action: "edit",
    requestId: id,
    input: { file_path: file, id },
    at: Date.parse(at),
    more: { call: "Edit" },
  };
}

/** A consultation of a library's documentation over MCP. */
export function consulted(library: string, at: string, id: string | undefined): SeenCall {
  return {
    tool: "context7",
    docRef: `context7:${library}`,
    purpose: "how it is used",
    action: "consult",
    requestId: id,
    input: { library },
    at: Date.parse(at),
    more: { call: "get-library-docs" },
  };
}

export { recordBeat, recordCalls };
