import type { Command } from "commander";

/** Adds the options that choose what is judged. */
export function addSubjectOptions(command: Command): Command {
  return command
    .option(
      "--base <revision>",
      "tip of the target branch; its rules and template hold (default: the default branch)",
    )
    .option("--head <revision>", "what is judged (default: HEAD)")
    .option(
      "--pr-body <file>",
      "pull request text, or - for standard input; without it only content is judged",
    )
    .option("--actor <login>", "who opened the pull request, by forge identity")
    .option("--approvals <file>", "approvals of the forge as JSON, for pullRequest.override")
    .option("--merge-group", "judge as a merge queue does");
}
