import type { BuiltIn } from "./built-in.ts";

/** Programs whose hooks are understood, as the command line and recorders name them. */
export const HOST_NAMES = [
  "claude-code",
  "cursor",
  "codex-cli",
  "gemini-cli",
  "opencode",
  "copilot-cli",
] as const;
export type HostName = (typeof HOST_NAMES)[number];

/**
 * What an event of a host tells: a session began or ended, work goes on or waits for a person, a tool call came back,
 * failed or was refused.
 */
export type Meaning = "start" | "end" | "activity" | "pause" | "call" | "failure" | "denial";

/** Members of a payload that tell of a tool call, as dotted paths; of several the first that is there. */
export interface CallMembers {
  tool: string;
  input: string;
  output: readonly string[];
  /** The host's own id of the call. */
  id?: string;
  /** Milliseconds. */
  duration?: string;
  /** The MCP server, where a member of its own says it. */
  server?: string;
  /** The MCP server's own name of the tool, where a member of its own says it. */
  serverTool?: string;
  /** What kind of subagent called; absent for the main one. */
  subagent?: string;
  /** Whatever stands there, other than nothing, tells that the call failed. */
  error?: string;
  /** A failure that says this was a refusal. */
  denied?: { member: string; value: string };
  /** False where a call that failed looks like one that went well. */
  tellsOutcome?: false;
}

/** How a repository asks the host to run the hook. */
export interface HookSettings {
  /** From the top of the repository. */
  file: string;
  /**
   * `groups`: event → list of `{ matcher, hooks: [command] }`; `list`: event → list of commands; `whole`: a file of
   * Growth Engine's own in the form of `list`; `plugin`: a program of its own.
   */
  form: "groups" | "list" | "whole" | "plugin";
  /** The command line for one event. @param tool where the hook lies, from the top of the repository */
  command(tool: string, event: string): string;
  /** In the unit of the host: so that a hook that hangs is ended. */
  timeout: { member: string; value: number; of?: Readonly<Record<string, number>> };
  /** What a person does before the host runs it. */
  next?: string;
}

/** One program that runs agents, and what its hooks say: a table that one reader reads. */
export interface Host {
  name: HostName;
  title: string;
  /** Where the payload says its event; null where the command line says it. */
  event: string | null;
  session: readonly string[];
  /** The working folder, best first. */
  folder: readonly string[];
  /** Variables with the folder of the project, for when the working folder is in no checkout. */
  folderVariables: readonly string[];
  events: Readonly<Record<string, Meaning>>;
  /** Tools that an event leaves to another event, which knows more of them. */
  leaves?: Readonly<Record<string, RegExp>>;
  /** Members that only payloads of another host have, which runs what this one's settings name too. */
  strangers?: Readonly<Record<string, HostName>>;
  call: CallMembers;
  /** How a tool of an MCP server is named; groups `server` and `tool`. */
  mcp: RegExp | null;
  /** What stands between server and tool where no pattern can tell them apart, and where servers are named. */
  joined?: { separator: string; files(env: Readonly<Record<string, string | undefined>>): string[] };
  tools: Readonly<Record<string, BuiltIn>>;
  settings: HookSettings;
}
