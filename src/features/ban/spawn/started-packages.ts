import type { BannedPackages } from "../banned-packages.ts";
import { commandName, operandAt, readRunner } from "./read-runner.ts";
import { UNKNOWN } from "./split-command.ts";
import { containerCommand, unwrapCommand } from "./unwrap-command.ts";

/** A banned package that a command starts, and the command for people. */
export interface Started {
  package: string;
  command: string;
}

const MAX_SHOWN = 200;
const SCRIPT_RUNNERS = new Set(
  "node nodejs deno bun tsx ts-node electron jiti vite-node babel-node".split(" "),
);
const SCRIPT_VERBS = new Set(["run", "watch", "x", "serve"]);
const PRELOADS = ["-r", "--require", "--import", "--loader", "--experimental-loader"];
const SCRIPT_VALUED = new Set([
  ...PRELOADS,
  "-e",
  "--eval",
  "-p",
  "--print",
  "-C",
  "--conditions",
  "--config",
  "-c",
]);
/** A folder of installed commands; `./bin/x` is a file of the repository itself. */
const BIN_FOLDER = /(?:(?:^|[\\/])node_modules[\\/]\.bin|^[/~].*\/bin)[\\/]([^\\/]+)$/;

function byRunner(command: readonly string[], banned: BannedPackages): string | null {
  const runner = readRunner(command);
  for (const spec of [...(runner?.packages ?? []), runner?.command[0] ?? ""]) {
    const name = banned.match(spec) ?? (spec.startsWith(".") ? null : banned.matchAddress(spec));
    if (name !== null) return name;
  }
  return null;
}

function byPath(word: string, banned: BannedPackages): string | null {
  const [, installed] = BIN_FOLDER.exec(word) ?? [];
  return installed === undefined ? banned.matchPath(word) : banned.match(commandName(installed));
}

/** `node …`: the script it runs, and the modules it loads before; null for what runs no script. */
export function scriptRun(command: readonly string[]): { script: string; modules: string[] } | null {
  if (!SCRIPT_RUNNERS.has(commandName(command[0] ?? ""))) return null;
  let at = operandAt(command, 1, SCRIPT_VALUED);
  if (SCRIPT_VERBS.has(command[at] ?? "")) at = operandAt(command, at + 1, SCRIPT_VALUED);
  const script = command[at] ?? "";
  const modules = command.slice(0, at).flatMap((word, index) => {
    const option = word.split("=", 1)[0] ?? "";
    if (!PRELOADS.includes(option)) return [];
    return [word === option ? (command[index + 1] ?? "") : word.slice(option.length + 1)];
  });
  return { script, modules };
}

/** The package that a program on the command line loads: `node -e "require('x')"`. */
function byProgram(command: readonly string[], banned: BannedPackages): string | null {
  const at = command.findIndex((word) => /^(?:-e|-p|-pe|--eval|--print)$/.test(word));
  const text = at < 0 ? "" : (command[at + 1] ?? "");
  for (const [, name = ""] of text.matchAll(/\b(?:require|import|from)\b\s*\(?\s*["'`]([^"'`\n]+)["'`]/g)) {
    const found = banned.match(name);
    if (found !== null) return found;
  }
  return null;
}

function byScript(command: readonly string[], banned: BannedPackages): string | null {
  const run = scriptRun(command);
  const { script = "", modules = [] } = run ?? {};
  const program = run === null ? null : byProgram(command, banned);
  if (program !== null) return program;
  const found = script.startsWith("npm:") ? banned.match(script) : byPath(script, banned);
  if (found !== null) return found;
  for (const module of modules) {
    const loaded = banned.match(module) ?? banned.matchPath(module);
    if (loaded !== null) return loaded;
  }
  return null;
}

/** `docker run mcp/context7`: the catalogue `mcp/` leaves the ending `-mcp` out; elsewhere the name must be whole. */
function byContainer(command: readonly string[], banned: BannedPackages): string | null {
  const image = containerCommand(command)?.image;
  if (image === undefined) return null;
  const [name = "", owner] = image
    .replace(/@sha256:.*$/, "")
    .replace(/:[^/]*$/, "")
    .split("/")
    .reverse();
  return (owner === "mcp" ? banned.match(`${name}-mcp`) : null) ?? banned.match(name);
}

function byName(command: readonly string[], banned: BannedPackages): string | null {
  const word = (command[0] ?? "").replace(/\.(?:exe|cmd|bat|ps1)$/i, "");
  return banned.match(word) === word ? word : byPath(word, banned);
}

function shown(command: readonly string[]): string {
  const text = command.join(" ").replaceAll(UNKNOWN, "…").replace(/\s+/g, " ");
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** The banned packages that these commands start, through whatever wraps them; each package once. */
export function startedPackages(commands: readonly (readonly string[])[], banned: BannedPackages): Started[] {
  const started = new Map<string, Started>();
  for (const command of commands) {
    for (const layer of unwrapCommand(command)) {
      const name =
        byRunner(layer, banned) ??
        byScript(layer, banned) ??
        byContainer(layer, banned) ??
        byName(layer, banned);
      if (name !== null && !started.has(name)) started.set(name, { package: name, command: shown(command) });
    }
  }
  return [...started.values()];
}
