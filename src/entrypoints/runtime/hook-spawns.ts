import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { type ModuleBan, splitCommand, startedPackages } from "../../features/ban/index.ts";
import type { Answer } from "./refuse-module.ts";

/** What every asynchronous way of starting a process comes down to. */
interface Starter {
  spawn(options: { file?: unknown; args?: unknown }): unknown;
}

function wordsOf(file: unknown, args: unknown): string[] {
  return [String(file), ...(Array.isArray(args) ? args.map(String) : [])];
}

/** Does a synchronous call have a shell read its words? */
function hasShell(rest: readonly unknown[]): boolean {
  return rest.some((value) => Boolean((value as { shell?: unknown } | null | undefined)?.shell));
}

/** Puts the ban between this process and every process that it starts: `npx context7-mcp` and its kin. */
export function hookSpawns({ banned }: ModuleBan, answer: Answer): void {
  const judge = (commands: readonly (readonly string[])[]) => {
    for (const { package: name, command } of startedPackages(commands, banned)) {
      const message = `${name} is banned from production and was not started: ${command}`;
      answer(message, "start the server from development tooling only");
    }
  };

  // `spawn`, `exec`, `execFile` and `fork` all end here, also where somebody took hold of them before.
  const starter = childProcess.ChildProcess.prototype as unknown as Starter;
  const { spawn } = starter;
  starter.spawn = function (options) {
    // The first argument is the command's own name again.
    judge([wordsOf(options.file, Array.isArray(options.args) ? options.args.slice(1) : [])]);
    return spawn.call(this, options);
  };

  const { spawnSync, execFileSync, execSync } = childProcess;
  const judgeFile = (file: unknown, rest: readonly unknown[]) => {
    const words = wordsOf(file, rest[0]);
    judge(hasShell(rest) ? splitCommand(words.join(" ")) : [words]);
  };
  Object.assign(childProcess, {
    spawnSync: (file: string, ...rest: never[]) => {
      judgeFile(file, rest);
      return spawnSync(file, ...rest);
    },
    execFileSync: (file: string, ...rest: never[]) => {
      judgeFile(file, rest);
      return execFileSync(file, ...rest);
    },
    execSync: (command: string, ...rest: never[]) => {
      judge(splitCommand(command));
      return execSync(command, ...rest);
    },
  });
  syncBuiltinESMExports();
}
