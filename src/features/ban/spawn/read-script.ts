import { readDockerfile, readProcfile } from "./read-dockerfile.ts";
import { readShell, type ScriptCommand } from "./read-shell.ts";
import type { ScriptKind } from "./script-kind.ts";

/** `@call npx x`, `& npx x`: what only says how to run the rest. */
function withoutCall({ words, line }: ScriptCommand): ScriptCommand {
  const [first = "", ...rest] = words;
  const plain = first.replace(/^@/, "");
  return {
    words:
      plain === "" || /^(?:call|rem|&)$/i.test(plain) ? (/rem/i.test(plain) ? [] : rest) : [plain, ...rest],
    line,
  };
}

/** The commands of a script: a shell's, an image's, a list of processes. */
export function readScript(kind: ScriptKind, text: string): ScriptCommand[] {
  if (kind === "image") return readDockerfile(text);
  if (kind === "processes") return readProcfile(text);
  const commands = readShell(kind === "windows" ? text.replace(/[\^`](?=\r?\n)/g, "\\") : text);
  return kind === "windows" ? commands.map(withoutCall) : commands;
}
