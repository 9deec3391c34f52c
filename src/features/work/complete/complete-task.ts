import { Fault, Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { archiveRecords } from "../../evidence/index.ts";
import { writeText } from "../../guard/index.ts";
import { appendBeat } from "../../heartbeat/index.ts";
import {
  type checkCompletionEndpoint,
  type completeTaskEndpoint,
  type FenceOptions,
  openDesk,
  takeUpHeld,
  withClaim,
} from "../../task/index.ts";
import { gatherCompletion, type ToldFacts } from "./gather-completion.ts";
import { renderCompleted, renderFacts, renderUnmet } from "./render-completion.ts";

export interface CompleteOptions extends FenceOptions, ToldFacts {
  archive?: string | true;
  dryRun?: boolean;
}

const ARCHIVE_AFTER = "90d";

/** The text of the pull request, or why there is none: the task is completed either way. */
async function textOf(
  repository: Parameters<typeof writeText>[0],
  base: string | undefined,
): Promise<string> {
  try {
    return (await writeText(repository, { base })).text;
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Fault)) throw error;
    return `no pull request text: ${error.message}${error.hint ? ` (${error.hint})` : ""}\n`;
  }
}

/** `growth-engine task complete`: the completion phase in one command. Exit 1 when a policy of the fleet is not met. */
export async function completeTask(
  named: string | undefined,
  options: CompleteOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const desk = await openDesk(options, context);
  const { task, fence } = takeUpHeld(desk, named, options, "complete");
  const { repository, agent, client } = desk;
  if (repository?.worktree == null || agent === null)
    throw new Fault("NOT_A_REPOSITORY", "what was done is read from a checkout, and this is none", {
      hint: "run it in the checkout",
    });
  const gathered = await gatherCompletion(repository, { agent, task }, options, context);
  const { facts } = gathered;
  const params = { task };
  const { unmet } = await client.ask<typeof checkCompletionEndpoint>("POST /api/v1/task/:task/check", {
    params,
    body: { facts },
  });
  if (options.dryRun || unmet.length > 0) {
    const report = { task, completed: false, facts, security: gathered.security, unmet };
    context.out(
      options.json
        ? `${JSON.stringify(report, null, 2)}\n`
        : renderFacts(gathered, context) + renderUnmet(task, unmet, context),
    );
    return unmet.length > 0 ? EXIT.no : EXIT.ok;
  }
  const answer = await withClaim(desk, task, () =>
    client.ask<typeof completeTaskEndpoint>("POST /api/v1/task/:task/complete", {
      params,
      body: { fence, facts },
    }),
  );
  desk.claims?.forget(task);
  const beat = await appendBeat(
    repository.worktree,
    { agent, task, status: "done", progress: "100%" },
    context.clock.now(),
  );
  const text = await textOf(repository, options.base);
  const report = {
    ...answer,
    completed: true,
    facts,
    security: gathered.security,
    unmet,
    heartbeat: beat.path,
    text,
  };
  if (options.json) context.out(`${JSON.stringify(report, null, 2)}\n`);
  else {
    context.out(renderFacts(gathered, context) + renderCompleted(answer, beat.path, context));
    context.out(`\n${paintFor(context.colour)("bold", "pull request text")}\n\n${printable(text)}`);
  }
  if (options.archive === undefined) return EXIT.ok;
  const olderThan = options.archive === true ? ARCHIVE_AFTER : options.archive;
  // Its own report would be a second answer on standard output of a program.
  const quiet = options.json ? { ...context, out: context.err } : context;
  return archiveRecords({ olderThan }, quiet);
}
