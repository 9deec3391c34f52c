import { commandName, operandAt } from "./read-runner.ts";
import { splitCommand } from "./split-command.ts";
import { unwrapCommand } from "./unwrap-command.ts";

const MANAGERS = new Set(["npm", "pnpm", "yarn", "bun"]);
const VALUED = new Set("-C --dir --cwd --prefix -w --workspace -F --filter --loglevel".split(" "));
/** With one of these the script is another package's. */
const ELSEWHERE = /^(?:-C|--dir|--cwd|--prefix|-w|--workspace|-F|--filter)(?:=|$)/;
const SHORT_FORMS = new Set(["start", "stop", "test", "restart"]);
const SEVERAL = new Set(["run-s", "run-p", "npm-run-all", "npm-run-all2"]);

/** The words that the package manager itself reads as options. */
function ownOptions(command: readonly string[], script: number): readonly string[] {
  // npm takes its options after the script's name too, up to `--`; the others hand those to the script.
  if (commandName(command[0] ?? "") !== "npm") return command.slice(0, script);
  const dashes = command.indexOf("--");
  return dashes === -1 ? command : command.slice(0, dashes);
}

function byManager(command: readonly string[]): string[] {
  const at = operandAt(command, 1, VALUED);
  const verb = command[at] ?? "";
  const isRun = /^(?:run|run-script|rum|urn)$/.test(verb);
  const script = isRun ? operandAt(command, at + 1, VALUED) : at;
  if (ownOptions(command, script).some((word) => ELSEWHERE.test(word))) return [];
  const isNamed = isRun || commandName(command[0] ?? "") !== "npm" || SHORT_FORMS.has(verb);
  return isNamed ? command.slice(script, script + 1) : [];
}

function calledBy(command: readonly string[]): string[] {
  const name = commandName(command[0] ?? "");
  if (MANAGERS.has(name)) return byManager(command);
  if (SEVERAL.has(name)) return command.slice(1).filter((word) => !word.startsWith("-"));
  if (name === "concurrently" || name === "conc")
    return command.flatMap((word) => /^(?:npm|pnpm|yarn|bun|node):(.+)$/.exec(word)?.[1] ?? []);
  if (name !== "node") return [];
  const at = command.findIndex((word) => word === "--run" || word.startsWith("--run="));
  return at === -1 ? [] : [command[at]?.slice("--run=".length) || (command[at + 1] ?? "")];
}

/** The scripts that one command runs, through whatever wraps it. */
export function callsOf(words: readonly string[]): string[] {
  // npm-run-all hands on what stands in quotes: "build --watch" runs the script `build`.
  return unwrapCommand(words)
    .flatMap(calledBy)
    .map((name) => name.split(" ", 1)[0] ?? "");
}

/**
 * The scripts of the same manifest that a script runs: `npm run x`, `yarn x`, `run-p a "b:*"`, `node --run x`.
 * Names as they are written, so some are patterns and some name no script.
 */
export function scriptCalls(text: string): string[] {
  return splitCommand(text).flatMap(callsOf);
}
