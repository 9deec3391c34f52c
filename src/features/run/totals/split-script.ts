/** A script of a package.json, taken apart as far as a shell's grammar is plain. */
export interface Script {
  /** The words of each command, in order. */
  commands: string[][];
  /** Whether what is appended to the script reaches the last command as its arguments. */
  isOpen: boolean;
}

const TOKEN =
  /\s+|&&|\|\||[;|&<>()`]|\$\(|(?:[^\s;|&<>()`'"\\$]|\$(?!\()|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+|./gs;
const CHAINS = new Set(["&&", ";"]);
/** After any of these a word may be anything: a file, a pipe's end, a job in the background. */
const OPAQUE = /^(?:\|\||[|&<>()`]|\$\(|["'\\])$/;

const unquoted = (word: string) =>
  word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs, (_, double, single, escaped) =>
    double === undefined ? (single ?? escaped) : double.replace(/\\(["\\$`])/g, "$1"),
  );

/** Reads words and `&&`, `;` between commands; whatever else a shell knows makes the script a closed one. */
export function splitScript(text: string): Script {
  const commands: string[][] = [[]];
  let isOpen = true;
  for (const [token] of text.matchAll(TOKEN)) {
    if (CHAINS.has(token)) commands.push([]);
    else if (OPAQUE.test(token)) {
      isOpen = false;
      commands.push([]);
    } else if (token.trim() !== "") commands.at(-1)?.push(unquoted(token));
  }
  return { commands: commands.filter((words) => words.length > 0), isOpen };
}
