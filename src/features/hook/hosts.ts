import type { Host, HostName } from "./host.ts";
import { CLAUDE_CODE } from "./hosts/claude-code.ts";
import { CODEX_CLI } from "./hosts/codex-cli.ts";
import { COPILOT_CLI } from "./hosts/copilot-cli.ts";
import { CURSOR } from "./hosts/cursor.ts";
import { GEMINI_CLI } from "./hosts/gemini-cli.ts";
import { OPENCODE } from "./hosts/opencode.ts";

/** Every host whose hooks are understood. */
export const HOSTS: Readonly<Record<HostName, Host>> = {
  "claude-code": CLAUDE_CODE,
  cursor: CURSOR,
  "codex-cli": CODEX_CLI,
  "gemini-cli": GEMINI_CLI,
  opencode: OPENCODE,
  "copilot-cli": COPILOT_CLI,
};

/** The host that a word names; null for no host. */
export function hostNamed(word: string): Host | null {
  return Object.hasOwn(HOSTS, word) ? HOSTS[word as HostName] : null;
}
