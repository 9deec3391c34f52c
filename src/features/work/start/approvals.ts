import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { writeWhole } from "../../../platform/files/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { describeCommand, type SetUpCommand } from "./set-up-commands.ts";

/** An approval may be named by the first digits of its sum; so many tell no two commands of a config apart wrongly. */
const SHORTEST = 12;

/** The user's own folder, never the repository: what is approved there no pull request can change. */
function folderOf(env: NodeJS.ProcessEnv): string {
  return join(
    env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"),
    "growth-engine",
    "approved-commands",
  );
}

const fileOf = ({ hash }: SetUpCommand, env: NodeJS.ProcessEnv): string =>
  join(folderOf(env), `${hash}.json`);

/** Did this user approve exactly this command? */
export function isApproved(command: SetUpCommand, env: NodeJS.ProcessEnv): boolean {
  return existsSync(fileOf(command, env));
}

/** Keeps this user's approval of exactly this command. */
export function approve(command: SetUpCommand, { env, clock }: Pick<CommandContext, "env" | "clock">): void {
  mkdirSync(folderOf(env), { recursive: true, mode: 0o700 });
  const { argv, shown } = command;
  const text = JSON.stringify(
    { argv, ...(shown === undefined ? {} : { shown }), at: utcTimestamp(clock.now()) },
    null,
    2,
  );
  writeWhole(fileOf(command, env), Buffer.from(`${text}\n`), 0o600);
}

/** What to type to approve a command. @param asking the command that would run it */
export function approvalOf({ hash }: Pick<SetUpCommand, "hash">, asking = "task start"): string {
  return `growth-engine ${asking} --approve ${hash.slice(0, 16)}`;
}

const SET_UP = { asking: "task start", none: "task.setUp in growth-engine.json names none" };

/** The command of this checkout whose sum begins like this. @throws Refusal INPUT_INVALID */
export function findByHash(
  commands: readonly SetUpCommand[],
  typed: string,
  { asking, none }: { asking: string; none: string } = SET_UP,
): SetUpCommand {
  const isSum = new RegExp(`^[0-9a-f]{${SHORTEST},64}$`).test(typed);
  const found = isSum ? commands.filter(({ hash }) => hash.startsWith(typed)) : [];
  const [command] = found;
  if (command !== undefined && found.every(({ hash }) => hash === command.hash)) return command;
  const known = commands.map((each) => `${approvalOf(each, asking)}  # ${describeCommand(each)}`);
  throw new Refusal("INPUT_INVALID", `no command of this checkout has the sum ${typed}`, {
    hint: known.join("; ") || none,
  });
}
