import { readShell, type ScriptCommand } from "./read-shell.ts";

const INSTRUCTION = /^\s*(?:ONBUILD\s+)?(?:HEALTHCHECK\s+(?:--\S+\s+)*)?(RUN|CMD|ENTRYPOINT)\s+/i;
const STAGE = /^\s*FROM\s+\S+(?:\s+AS\s+(\S+))?/i;
/** Stages that are built for developers and tests; the last one is the image, whatever its name. */
const FOR_DEVELOPERS =
  /(?:^|[-_])(?:dev|devel|development|devcontainer|test|tests|testing|e2e|lint)(?:[-_]|$)/i;

/** Lines joined where they go on: `\\` at their ends, or a text `<<END` below. */
function instructions(text: string): { text: string; line: number }[] {
  const lines = text.split(/\r?\n/);
  const found: { text: string; line: number }[] = [];
  const lasts = new Map(lines.map((line, at) => [line.trim(), at]));
  for (let at = 0; at < lines.length; at += 1) {
    if (/^\s*(?:#|$)/.test(lines[at] ?? "")) continue;
    const line = at + 1;
    const joined = [lines[at] ?? ""];
    const [, , end] = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(joined[0] ?? "") ?? [];
    if (end !== undefined && (lasts.get(end) ?? 0) > at) {
      for (at += 1; lines[at]?.trim() !== end; at += 1) joined.push(lines[at] ?? "");
      joined.push(end);
    } else {
      while (/\\\s*$/.test(joined.at(-1) ?? "") && at + 1 < lines.length) {
        at += 1;
        // Comments between the lines of one instruction are left out.
        joined.push(/^\s*#/.test(lines[at] ?? "") ? "\\" : (lines[at] ?? ""));
      }
    }
    found.push({ text: joined.join("\n"), line });
  }
  return found;
}

function listOf(text: string): string[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === "string") ? list : null;
  } catch {
    // Not the list form: a line for the shell.
    return null;
  }
}

function commandsOf(text: string, line: number): ScriptCommand[] {
  const [all] = INSTRUCTION.exec(text) ?? [];
  if (all === undefined) return [];
  const rest = text.slice(all.length);
  const list = listOf(rest.trim());
  if (list !== null) return [{ words: list, line }];
  const script = rest.replace(/^(?:--\S+\s+)+/, "");
  const isText = /^<</.test(script);
  return readShell(isText ? `sh ${script}` : script).map(({ words, line: at }) => ({
    words,
    line: line + at - 1,
  }));
}

/** The commands that an image runs while it is built and when it is started; not those of its development stages. */
export function readDockerfile(text: string): ScriptCommand[] {
  const all = instructions(text);
  const stages = all.map(({ text: instruction }) => STAGE.exec(instruction));
  const last = stages.findLastIndex((stage) => stage !== null);
  let isSkipped = false;
  return all.flatMap((instruction, index) => {
    const stage = stages[index];
    if (stage) isSkipped = index !== last && FOR_DEVELOPERS.test(stage[1] ?? "");
    return isSkipped ? [] : commandsOf(instruction.text, instruction.line);
  });
}

/** The processes of a `Procfile`: `web: npx x`. */
export function readProcfile(text: string): ScriptCommand[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const [, command] = /^\s*[\w-]+:\s*(.*)$/.exec(row) ?? [];
    return command === undefined ? [] : readShell(command).map(({ words }) => ({ words, line: index + 1 }));
  });
}
