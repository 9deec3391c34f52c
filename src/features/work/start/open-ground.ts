import { Fault } from "../../../platform/errors/index.ts";
import { commonGitDirectory, openRepository, type Repository } from "../../../platform/git/index.ts";
import { type Config, findConfig } from "../../config/index.ts";
import { type SetUpCommand, setUpCommands } from "./set-up-commands.ts";

/** Where the work is to be done. */
export interface Ground {
  repository: Repository;
  worktree: string;
  config: Config;
  /** The set-up commands as they stand now: a script that changed meanwhile is another command. */
  readCommands(): SetUpCommand[];
}

/** Opens the checkout around a folder. @throws Fault NOT_A_REPOSITORY; Refusal CONFIG_INVALID */
export async function openGround(cwd: string): Promise<Ground> {
  const repository = await openRepository(cwd);
  const { worktree } = repository;
  if (worktree === null)
    throw new Fault("NOT_A_REPOSITORY", "this repository is bare: there is nothing to work on", {
      hint: "run it in a checkout",
    });
  const config = findConfig(worktree);
  const gitDirectory = commonGitDirectory(worktree) ?? worktree;
  return {
    repository,
    worktree,
    config,
    readCommands: () => setUpCommands(config.task.setUp, { worktree, gitDirectory }),
  };
}
