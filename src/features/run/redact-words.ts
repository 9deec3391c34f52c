import { takeOutSecrets } from "../evidence/index.ts";
import { maskLookalikes } from "../recorder/index.ts";

const MOST_WORDS = 100;
const MAX_WORD = 500;
/** An option whose value is the next word. */
const SECRET_OPTION = /^--?[\w-]*(?:passw|pwd|secret|token|api-?key|credential|auth)[\w-]*$/i;
const MASK = "[masked]";

const cut = (word: string) => (word.length > MAX_WORD ? `${word.slice(0, MAX_WORD)}…` : word);

/** The words of a command as they may be recorded: rather too little of them than a secret. */
export async function redactWords(words: readonly string[]): Promise<string[]> {
  const few = words.length > MOST_WORDS ? [...words.slice(0, MOST_WORDS), "…"] : words;
  const named = few.map((word, at) => (SECRET_OPTION.test(few[at - 1] ?? "") ? MASK : word));
  // Whole words are searched: a secret that is cut is no longer seen as one.
  const [taken] = await takeOutSecrets([{ command: named }]);
  const { command = [] } = (taken ?? {}) as { command?: string[] };
  return command.map((word) => cut(maskLookalikes(word)));
}
