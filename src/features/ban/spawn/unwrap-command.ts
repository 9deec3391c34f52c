import { commandName, operandAt, readRunner } from "./read-runner.ts";
import { splitCommand } from "./split-command.ts";

/** Layers deeper than this are not looked at; no command that people write comes near it. */
const MAX_LAYERS = 64;

const words = (text: string) => new Set(text.split(" "));

/** Words of the shell, or commands, that only run the command that follows them. */
const PREFIXES = words(
  "{ ! if then elif else while until do exec command builtin time nohup env cross-env cross-env-shell sudo doas nice " +
    "setsid stdbuf unbuffer xvfb-run timeout caffeinate winpty start screen xargs watch entr tini dumb-init corepack dotenv " +
    "dotenv-cli dotenvx doppler op infisical chamber mise fnm volta nvm nodemon mcp-proxy mcpo mcp-inspector inspector growth-engine ge",
);
/** Words that stand between such a prefix and the command it runs: verbs, `A=1`, seconds, the `/b` and `""` of `start`. */
const BETWEEN = /^(?:run|exec|x|proxy|mcp|[A-Za-z_]\w*=.*|\d+[smhd]?|\/[A-Za-z]|)$/s;
const PREFIX_VALUED = words("-u -e -f -g -s -k --signal --env-file --user --exec -x --project --config");
const SHELLS = words("sh bash zsh dash ash ksh fish");
const WINDOWS_SHELLS = words("cmd powershell pwsh");
/** Commands of which any word may be a command of its own: `concurrently "npx a" "npx b"`. */
const TEXT_RUNNERS = words(
  "concurrently conc start-server-and-test start-test nodemon onchange supergateway eval forever tmux screen " +
    "mcp-proxy mcpo",
);
const CONTAINERS = words("docker podman nerdctl");
/** Options of `docker run` that stand alone; each other one is followed by its value. */
const CONTAINER_FLAGS =
  /^(?:-[dit]+|--(?:rm|init|privileged|interactive|tty|detach|read-only|publish-all|no-healthcheck)|-P|--[\w-]+=.*)$/;

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** The image of `docker run` with the words after it, or null. */
export function containerCommand(command: readonly string[]): { image: string; rest: string[] } | null {
  if (!CONTAINERS.has(commandName(command[0] ?? ""))) return null;
  let at = command.indexOf("run") + 1;
  if (at === 0) return null;
  while (command[at]?.startsWith("-")) at += CONTAINER_FLAGS.test(command[at] ?? "") ? 1 : 2;
  const image = command[at];
  return image === undefined ? null : { image, rest: command.slice(at + 1) };
}

/** What a prefix runs stands after its own words, or after `--`; where both are there, either may be it. */
function afterPrefix(command: readonly string[]): string[][] {
  let at = operandAt(command, 1, PREFIX_VALUED);
  while (at < command.length && BETWEEN.test(command[at] ?? ""))
    at = operandAt(command, at + 1, PREFIX_VALUED);
  const dashes = command.indexOf("--") + 1;
  return dashes === 0 || dashes === at ? [command.slice(at)] : [command.slice(at), command.slice(dashes)];
}

/** `pm2 start npx --name docs -- -y x` runs `npx -y x`. */
function processManaged(command: readonly string[]): string[] {
  const dashes = command.indexOf("--");
  const started = command[command.indexOf("start") + 1] ?? "";
  return [started, ...(dashes === -1 ? [] : command.slice(dashes + 1))];
}

/** The text that a shell is given to run, if any. */
function shellText(name: string, command: readonly string[]): string | null {
  if (SHELLS.has(name)) {
    const option = command.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
    return option === -1 ? null : (command[option + 1] ?? null);
  }
  if (!WINDOWS_SHELLS.has(name)) return null;
  const option = command.findIndex((word) => /^(?:\/[ck]|-c|-command)$/i.test(word));
  return option === -1 ? null : command.slice(option + 1).join(" ");
}

/** What one command runs in its turn, as words and as texts of the shell. */
function innerCommands(command: readonly string[]): { commands: string[][]; texts: string[] } {
  const name = commandName(command[0] ?? "");
  if (ASSIGNMENT.test(command[0] ?? "")) return { commands: [command.slice(1)], texts: [] };
  const text = shellText(name, command);
  if (text !== null) return { commands: [], texts: [text] };
  const runner = readRunner(command);
  if (runner !== null)
    return { commands: [runner.command], texts: runner.call === null ? [] : [runner.call] };
  const container = containerCommand(command);
  if (container !== null) return { commands: [container.rest], texts: [] };
  if (name === "pm2" || name === "pm2-runtime") return { commands: [processManaged(command)], texts: [] };
  return {
    commands: PREFIXES.has(name) ? afterPrefix(command) : [],
    texts: TEXT_RUNNERS.has(name) ? command.slice(1).filter((word) => /\s/.test(word)) : [],
  };
}

/** A command to look into, with the lengths already seen of the one it is the end of. */
interface Layer {
  command: readonly string[];
  lengths: Set<number>;
}

/** Each text is split once and each end of a command looked at once, so that layers within layers cannot multiply. */
function nextLayers({ command, lengths }: Layer, splitTexts: Set<string>): Layer[] {
  const next: Layer[] = [];
  const { commands, texts } = innerCommands(command);
  for (const inner of commands) {
    if (inner.length > 0 && !lengths.has(inner.length)) next.push({ command: inner, lengths });
    lengths.add(inner.length);
  }
  // A word with spaces where a command is due, as in `pnpm exec -c "npx x"`, is a text of the shell.
  if (command.length === 1 && /\s/.test(command[0] ?? "")) texts.push(command[0] ?? "");
  for (const text of texts) {
    if (splitTexts.has(text)) continue;
    splitTexts.add(text);
    for (const inner of splitCommand(text)) next.push({ command: inner, lengths: new Set([inner.length]) });
  }
  return next;
}

/** A command and every command that it runs in its turn, outermost first: `cross-env A=1 sh -c "npx x"` gives three. */
export function unwrapCommand(command: readonly string[]): (readonly string[])[] {
  const layers: (readonly string[])[] = [];
  const splitTexts = new Set<string>();
  let waiting: Layer[] = [{ command, lengths: new Set([command.length]) }];
  for (let depth = 0; depth < MAX_LAYERS && waiting.length > 0; depth += 1) {
    for (const layer of waiting) layers.push(layer.command);
    waiting = waiting.flatMap((layer) => nextLayers(layer, splitTexts));
  }
  return layers;
}
