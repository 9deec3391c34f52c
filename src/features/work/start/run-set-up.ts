import { spawn } from "node:child_process";
import { Fault, messageOf } from "../../../platform/errors/index.ts";
import { isApproved } from "./approvals.ts";
import { describeCommand, type SetUpCommand } from "./set-up-commands.ts";

/** What the commands of a repository have no business with. */
const WITHHELD = /^GROWTH_ENGINE_(TOKEN|ADMIN)/;

/** An environment without the tokens of this program. */
export function withoutTokens(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !WITHHELD.test(name)));
}

function failed(command: SetUpCommand, why: string, cause?: unknown): Fault {
  return new Fault("COMMAND_FAILED", `the set-up command ${describeCommand(command)} ${why}`, {
    cause,
    hint: "mend it, and run the same task start again: the claim is kept",
  });
}

/**
 * Runs one approved set-up command: without a shell, in the checkout, without this program's tokens; what it says goes
 * to standard error.
 * @throws Fault COMMAND_FAILED
 */
export function runSetUp(command: SetUpCommand, worktree: string, env: NodeJS.ProcessEnv): Promise<void> {
  // Asked once more where it is started: no caller can pass by.
  if (!isApproved(command, env)) throw failed(command, "is not approved");
  const [program = "", ...words] = command.argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: worktree, env: withoutTokens(env), stdio: ["ignore", 2, 2] });
    child.on("error", (error) => reject(failed(command, `could not be started: ${messageOf(error)}`, error)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(failed(command, signal === null ? `failed with exit ${code}` : `was ended by ${signal}`));
    });
  });
}
