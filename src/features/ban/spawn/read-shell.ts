import { locateCommands, splitCommand } from "./split-command.ts";

/** A command of a script, with the line where it begins. */
export interface ScriptCommand {
  words: string[];
  line: number;
}

const HEREDOC = /(?<!<)<<-?\s*(["']?)([A-Za-z_][\w.-]*)\1/;
/** What runs the text that follows it. */
const RUNS_TEXT = /(?:^|[\s|;&/])(?:sh|bash|zsh|dash|ash|ksh|ssh|su)\b[^|;&]*<<|^\s*RUN\s+<</;
const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
const DECLARES = new Set(["export", "readonly", "local", "declare", "typeset", "set"]);
const VARIABLE = /\$(?:\{([A-Za-z_]\w*)(?::?[-=]([^}]*))?\}|([A-Za-z_]\w*))/g;
const MAX_VALUE = 4_096;

/** Puts blanks in place of what `cat <<END` is given: text, as long as no shell reads it. */
export function blankTexts(script: string): string {
  const lines = script.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const match = /^\s*#/.test(line) ? null : HEREDOC.exec(line);
    const end = match?.[2];
    if (!match || end === undefined || !isPlain(line, match.index)) continue;
    const isRun = RUNS_TEXT.test(line);
    const from = at;
    while (at + 1 < lines.length && lines[at + 1]?.trim() !== end) {
      at += 1;
      if (!isRun) lines[at] = "";
    }
    // Without its end it is no such text; a shell would say so.
    if (at + 1 >= lines.length)
      return [...lines.slice(0, from + 1), ...script.split("\n").slice(from + 1)].join("\n");
    at += 1;
    lines[at] = "";
  }
  return lines.join("\n");
}

/** Is a place of a line outside of quotes? */
function isPlain(line: string, at: number): boolean {
  const before = line.slice(0, at).replace(/\\./g, "");
  return before.split('"').length % 2 === 1 && before.split("'").length % 2 === 1;
}

/** Answers in which line a place of a text lies, counted from 1. */
export function linesOf(text: string): (at: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (at) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** The words of a command with the variables that the script gives values; a word of several becomes several. */
function expand(words: readonly string[], values: ReadonlyMap<string, string>): string[] {
  return words.flatMap((word, index) => {
    if (!word.includes("$")) return [word];
    const text = word.replace(VARIABLE, (whole, braced, fallback, plain) => {
      return values.get(braced ?? plain) ?? fallback ?? whole;
    });
    if (text.length > MAX_VALUE) return [word];
    const isWhole = text !== word && /^\$/.test(word) && /\s/.test(text);
    return isWhole && index === 0 ? (splitCommand(text)[0] ?? []) : [text];
  });
}

/** The commands of a shell script, with the values of variables that it sets itself. */
export function readShell(script: string): ScriptCommand[] {
  const text = blankTexts(script.replace(/\r\n/g, "\n"));
  const lineOf = linesOf(text);
  const values = new Map<string, string>();
  return locateCommands(text).flatMap(({ words, start }) => {
    const expanded = expand(words, values);
    for (const word of DECLARES.has(words[0] ?? "") ? expanded.slice(1) : expanded) {
      const [, name, value] = ASSIGNMENT.exec(word) ?? [];
      if (name === undefined || value === undefined) break;
      values.set(name, value);
    }
    // `usage="npx x"` starts nothing; what uses the variable may.
    return expanded.every((word) => ASSIGNMENT.test(word)) ? [] : [{ words: expanded, line: lineOf(start) }];
  });
}
