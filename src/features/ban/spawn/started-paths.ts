import { commandName, operandAt } from "./read-runner.ts";
import { scriptRun } from "./started-packages.ts";
import { unwrapCommand } from "./unwrap-command.ts";

const SHELLS = new Set("sh bash zsh dash ash ksh fish".split(" "));
const SHELL_VALUED = new Set(["-o", "+o", "--rcfile", "--init-file"]);
const READS = new Set([".", "source"]);

/** A file that a command runs, as it is written there. */
export interface StartedPath {
  path: string;
  /** Named as a module is: the ending may be left out. */
  isModule: boolean;
}

function pathsOf(command: readonly string[]): StartedPath[] {
  const run = scriptRun(command);
  if (run !== null) {
    const modules = run.modules.filter((module) => module.startsWith("."));
    return [run.script, ...modules].map((path) => ({ path, isModule: true }));
  }
  const [first = ""] = command;
  const name = commandName(first);
  if (READS.has(first)) return [{ path: command[1] ?? "", isModule: false }];
  if (SHELLS.has(name))
    return [{ path: command[operandAt(command, 1, SHELL_VALUED)] ?? "", isModule: false }];
  return [{ path: first, isModule: false }];
}

/** The files that a command runs, through whatever wraps it: `node x`, `sh x.sh`, `./x`, `. x`. */
export function startedPaths(command: readonly string[]): StartedPath[] {
  const paths = unwrapCommand(command).flatMap(pathsOf);
  return paths
    .map(({ path, isModule }) => ({
      path: path.replace(/^(?:\$\{?(?:PWD|INIT_CWD)\}?|%~dp0)[\\/]?/, "./").replaceAll("\\", "/"),
      isModule,
    }))
    .filter(
      ({ path }) => path !== "" && !path.startsWith("/") && !path.startsWith("-") && !path.includes("\0"),
    );
}
