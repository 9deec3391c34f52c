/** What the words of `mcp proxy` ask for. */
export interface ProxyOptions {
  /** The server to start, with its words; empty where `url` names one. */
  command: readonly string[];
  /** A server over Streamable HTTP. */
  url?: string;
  /** Port of this machine to offer it on; standard input and output where it is not given. */
  listen?: number;
  /** What evidence calls the server. */
  name?: string;
  agent?: string;
  task?: string;
  /** Files of policies, besides the user's own. */
  policies: readonly string[];
  /** `Name: value`, for the server at `url`. */
  headers: readonly string[];
}

/** Options that take a value, and what becomes of it; false where it is none. */
const OPTIONS: Readonly<Record<string, (options: Draft, value: string) => boolean>> = {
  "--url": (options, value) => {
    options.url = value;
    return URL.canParse(value);
  },
  "--listen": (options, value) => {
    options.listen = Number(value);
    return /^\d{1,5}$/.test(value) && options.listen <= 65_535;
  },
  "--name": (options, value) => set(options, "name", value),
  "--agent": (options, value) => set(options, "agent", value),
  "--task": (options, value) => set(options, "task", value),
  "--policy": (options, value) => options.policies.push(value) > 0,
  "--header": (options, value) => options.headers.push(value) > 0 && /^[\w-]+:/.test(value),
};

type Draft = Omit<ProxyOptions, "command" | "policies" | "headers"> & {
  command: string[];
  policies: string[];
  headers: string[];
};

function set(options: Draft, name: "name" | "agent" | "task", value: string): boolean {
  options[name] = value;
  return value !== "";
}

function readOption(options: Draft, words: string[]): boolean {
  const [word = "", inline] = splitOnce(words.shift() ?? "");
  const take = OPTIONS[word];
  const value = inline ?? words.shift();
  return take !== undefined && value !== undefined && take(options, value);
}

function splitOnce(word: string): string[] {
  const at = word.indexOf("=");
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

/**
 * Reads the words after `mcp proxy` without a command parser, which would take longer to load than all that is needed
 * to start the server. Null where they are not understood: the parser then says what is wrong, or helps.
 */
export function readProxyWords(given: readonly string[]): ProxyOptions | null {
  const end = given.indexOf("--");
  const words = given.slice(0, end < 0 ? undefined : end);
  const command = end < 0 ? [] : given.slice(end + 1);
  const options: Draft = { command: [...command], policies: [], headers: [] };
  while (words.length > 0) if (!readOption(options, words)) return null;
  const isWhole = (options.url === undefined) === command.length > 0;
  return isWhole ? options : null;
}
