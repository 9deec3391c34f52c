import type { ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { findTaskConflictsEndpoint } from "../../reservation/index.ts";
import { type Desk, describeClaim, openDesk, type TaskView } from "../../task/index.ts";
import { approvalOf, approve, findByHash, isApproved } from "./approvals.ts";
import { beginHeartbeat, needsHeartbeat } from "./begin-heartbeat.ts";
import { checkEnvironment } from "./check-environment.ts";
import { makeEvidenceFolder, refuseUnwritable } from "./make-evidence-folder.ts";
import { type Ground, openGround } from "./open-ground.ts";
import { type Prepared, StartReport } from "./report-start.ts";
import { runSetUp } from "./run-set-up.ts";
import { describeCommand } from "./set-up-commands.ts";
import { settleApprovals } from "./settle-approvals.ts";
import { takeTask } from "./take-task.ts";

export interface StartOptions extends ServerChoice {
  approve?: string;
  /** False for `--no-set-up`; `approved` leaves out what nobody approved, where nobody can be asked. */
  setUp: boolean | "approved";
}

async function approveOne(typed: string, context: CommandContext): Promise<ExitCode> {
  const command = findByHash((await openGround(context.cwd)).readCommands(), typed);
  approve(command, context);
  context.out(`${paintFor(context.colour)("green", "✔")} approved: ${printable(describeCommand(command))}\n`);
  return EXIT.ok;
}

/** Folder and first beat. */
async function openRecords({ worktree, config }: Ground, agent: string, task: TaskView, now: number) {
  const evidence = makeEvidenceFolder(worktree, agent, now);
  const long = needsHeartbeat(task.estimate_minutes, config.heartbeat.requiredAfter);
  return { evidence, heartbeat: long ? await beginHeartbeat(worktree, agent, task.id, now) : null };
}

/** Read anew: what changed since it was approved, be it by the command before, is refused. */
async function runAll(
  ground: Ground,
  { setUp }: StartOptions,
  report: StartReport,
  context: CommandContext,
): Promise<Prepared["setUp"]> {
  const done: Prepared["setUp"] = [];
  for (const index of ground.readCommands().keys()) {
    const command = ground.readCommands()[index];
    if (!command) continue;
    const runs = setUp === true || (setUp === "approved" && isApproved(command, context.env));
    done.push({ argv: command.argv, done: runs, ...(runs ? {} : { approve: approvalOf(command) }) });
    if (!runs) continue;
    await settleApprovals([command], context);
    await runSetUp(command, ground.worktree, context.env);
    report.step(true, "set-up", describeCommand(command));
  }
  return done;
}

async function prepare(
  ground: Ground,
  desk: Desk & { agent: string },
  id: string,
  options: StartOptions,
  context: CommandContext,
): Promise<void> {
  const report = new StartReport(context, options.json === true);
  const { task, isNew } = await takeTask(desk, id);
  const kept = `${task.id} is yours already, fence ${task.fence}`;
  report.step(true, "claim", isNew ? describeClaim(task, desk, context) : kept);
  const { paths, items: conflicts } = await desk.client.ask<typeof findTaskConflictsEndpoint>(
    "GET /api/v1/task/:task/conflicts",
    { params: { task: task.id } },
  );
  report.conflicts(conflicts, paths);
  report.step(false, "knowledge", "none yet");
  const records = await openRecords(ground, desk.agent, task, context.clock.now());
  report.step(true, "evidence", records.evidence);
  const spared = "not needed by its estimate; growth-engine heartbeat beat begins one";
  report.step(records.heartbeat !== null, "heartbeat", records.heartbeat ?? spared);
  const environment = await checkEnvironment(ground, desk, {
    env: context.env,
    now: context.clock.now(),
  });
  report.environment(environment);
  const setUp = await runAll(ground, options, report, context);
  report.end({
    task,
    claim: isNew ? "new" : "kept",
    conflicts,
    knowledge: null,
    ...records,
    environment,
    setUp,
  });
}

function agentOf(desk: Desk): asserts desk is Desk & { agent: string } {
  if (desk.agent !== null) return;
  throw new Refusal("TOKEN_ROLE", "only an agent starts a task: the token is a person's", {
    hint: "GROWTH_ENGINE_TOKEN=<the agent's token> growth-engine task start …",
  });
}

/**
 * `growth-engine task start`: what the specification asks for before a task, in one command. What would be refused is
 * asked before the claim; when the claim is refused (exit 1), nothing else has happened.
 */
export async function startTask(
  id: string | undefined,
  options: StartOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (options.approve !== undefined) return approveOne(options.approve, context);
  if (id === undefined)
    throw new Refusal("USAGE", "which task is to be started is not said", {
      hint: "growth-engine task next",
    });
  const ground = await openGround(context.cwd);
  const desk = await openDesk(options, context);
  agentOf(desk);
  refuseUnwritable(desk.agent);
  if (options.setUp === true) await settleApprovals(ground.readCommands(), context);
  await prepare(ground, desk, id, options, context);
  return EXIT.ok;
}
