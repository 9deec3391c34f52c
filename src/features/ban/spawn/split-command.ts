/** Stands in a text where a part of it is not known before it runs. */
export const UNKNOWN = "\uFFFC";

/** What is being read: the whole text, or what stands in `$(…)`, `(…)` or backquotes inside another. */
interface Frame {
  words: string[];
  /** Where the first word of the command begins. */
  start: number;
  word: string;
  /** A word has begun; `''` is one, though it holds nothing. */
  open: boolean;
  quote: "" | "'" | '"';
  /** The next word is the target of a redirection. */
  redirected: boolean;
  closes: "" | ")" | "`";
}

const PLAIN = /[^\s"'`$\\;&|<>()#]+/y;
const PLAIN_IN_QUOTES = /[^"`$\\]+/y;
const REDIRECTION = /[<>][<>&|]*/y;

function newFrame(closes: Frame["closes"]): Frame {
  return { words: [], start: 0, word: "", open: false, quote: "", redirected: false, closes };
}

function runAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

/** Reads a text once from left to right; each step takes at least one character, so the time is linear. */
class Splitter {
  readonly commands: string[][] = [];
  /** Where each of them begins. */
  readonly starts: number[] = [];
  readonly #text: string;
  readonly #outer: Frame[] = [];
  #frame = newFrame("");
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #add(piece: string, length = piece.length): void {
    if (!this.#frame.open && this.#frame.words.length === 0) this.#frame.start = this.#at;
    this.#frame.word += piece;
    this.#frame.open = true;
    this.#at += length;
  }

  #endWord(): void {
    const frame = this.#frame;
    if (!frame.open) return;
    if (!frame.redirected) frame.words.push(frame.word);
    frame.redirected = false;
    frame.word = "";
    frame.open = false;
  }

  #endCommand(): void {
    this.#endWord();
    if (this.#frame.words.length > 0) {
      this.commands.push(this.#frame.words);
      this.starts.push(this.#frame.start);
    }
    this.#frame.words = [];
    this.#frame.redirected = false;
  }

  #enter(closes: ")" | "`"): void {
    this.#outer.push(this.#frame);
    this.#frame = newFrame(closes);
  }

  #leave(): void {
    this.#endCommand();
    this.#frame = this.#outer.pop() ?? newFrame("");
  }

  /** `$(`, `$` and backquotes mean the same inside and outside of double quotes. */
  #substitute(character: string): void {
    if (character === "`" && this.#frame.closes === "`") {
      this.#at += 1;
      this.#leave();
    } else if (character === "$" && this.#text[this.#at + 1] !== "(") {
      this.#add("$");
    } else {
      this.#add(UNKNOWN, character === "`" ? 1 : 2);
      this.#enter(character === "`" ? "`" : ")");
    }
  }

  #inSingleQuotes(): void {
    const end = this.#text.indexOf("'", this.#at);
    this.#add(this.#text.slice(this.#at, end === -1 ? undefined : end));
    if (end !== -1) this.#at += 1;
    this.#frame.quote = "";
  }

  #inDoubleQuotes(character: string): void {
    if (character === '"') {
      this.#frame.quote = "";
      this.#at += 1;
    } else if (character === "\\") {
      const next = this.#text[this.#at + 1] ?? "";
      this.#add(/["\\$`]/.test(next) ? next : `\\${next}`, 2);
    } else if (character === "$" || character === "`") {
      this.#substitute(character);
    } else {
      this.#add(runAt(PLAIN_IN_QUOTES, this.#text, this.#at));
    }
  }

  /** Kept before a letter, as in the Windows path `node_modules\.bin\x`; elsewhere it takes the next one's meaning. */
  #backslash(): void {
    const next = this.#text[this.#at + 1] ?? "";
    if (next === "\n") this.#at += 2;
    else this.#add(/[\w.@-]/.test(next) ? `\\${next}` : next, 2);
  }

  #redirect(): void {
    if (/^\d+$/.test(this.#frame.word)) Object.assign(this.#frame, { word: "", open: false });
    this.#endWord();
    this.#at += runAt(REDIRECTION, this.#text, this.#at).length;
    this.#frame.redirected = this.#text[this.#at] !== "(";
  }

  #parenthesis(character: string): void {
    this.#at += 1;
    this.#endCommand();
    if (character === "(") this.#enter(")");
    else if (this.#frame.closes === ")") this.#leave();
  }

  #separator(): void {
    const redirectsBoth = this.#text[this.#at] === "&" && this.#text[this.#at + 1] === ">";
    this.#at += 1;
    if (!redirectsBoth) this.#endCommand();
  }

  #comment(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  #unquoted(character: string): void {
    if (character === "'" || character === '"') {
      this.#frame.quote = character;
      this.#add("", 1);
    } else if (character === "\n") {
      this.#at += 1;
      this.#endCommand();
    } else if (/\s/.test(character)) {
      this.#at += 1;
      this.#endWord();
    } else if (character === "\\") this.#backslash();
    else if (character === "$" || character === "`") this.#substitute(character);
    else if (character === ";" || character === "|" || character === "&") this.#separator();
    else if (character === "<" || character === ">") this.#redirect();
    else if (character === "(" || character === ")") this.#parenthesis(character);
    else if (character === "#" && !this.#frame.open) this.#comment();
    else if (character === "#") this.#add("#");
    else this.#add(runAt(PLAIN, this.#text, this.#at));
  }

  split(): string[][] {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? "";
      if (this.#frame.quote === "'") this.#inSingleQuotes();
      else if (this.#frame.quote === '"') this.#inDoubleQuotes(character);
      else this.#unquoted(character);
    }
    while (this.#outer.length > 0) this.#leave();
    this.#endCommand();
    return this.commands;
  }
}

/**
 * The simple commands of a shell text, each as its words without quotes: what stands between `&&`, `;`, `|`, line
 * ends, and inside `$(…)`. Redirections and comments are left out; variables stay as they are written.
 */
export function splitCommand(text: string): string[][] {
  return new Splitter(text).split();
}

/** The same with the place where each command begins. */
export function locateCommands(text: string): { words: string[]; start: number }[] {
  const splitter = new Splitter(text);
  return splitter.split().map((words, index) => ({ words, start: splitter.starts[index] ?? 0 }));
}
