import type { CallerRole } from "../../vocabulary/actor.ts";

/** A JSON object. */
export type Json = Record<string, unknown>;

/** What a client may assume of a tool without calling it (MCP `ToolAnnotations`). */
export interface ToolHints {
  readOnlyHint: boolean;
  /** Takes something away that somebody may miss. */
  destructiveHint: boolean;
  /** Called again with the same arguments, it changes nothing more. */
  idempotentHint: boolean;
  /** Reaches places that are not ours. */
  openWorldHint: boolean;
}

/** A tool as clients see it. */
export interface ToolDescription {
  /** `<feature>_<verb>`. */
  name: string;
  says: string;
  /** JSON Schema 2020-12 of an object. */
  input: Json;
  /** JSON Schema of the answer; a problem may come in its place. */
  output: Json;
  hints: ToolHints;
  /** Who may call it on a control plane; null for what needs none. */
  roles: readonly CallerRole[] | null;
}

/** A tool with its deed. */
export interface Tool extends ToolDescription {
  /** @throws Refusal, Fault: they become a result that is an error */
  run(given: Json): Promise<Json>;
}
