import type { ServerChoice } from "../../../platform/client/index.ts";
import { Fault, Refusal } from "../../../platform/errors/index.ts";
import { commonGitDirectory, openRepository, type Repository } from "../../../platform/git/index.ts";
import { type CommandContext, paintFor, printable, renderTable } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { type Config, findConfig } from "../../config/index.ts";
import {
  claim,
  type Desk,
  describeClaim,
  openDesk,
  type showTaskEndpoint,
  type TaskView,
} from "../../task/index.ts";
import { approve, findByHash } from "./approvals.ts";
import { checkEnvironment, type EnvironmentCheck } from "./check-environment.ts";
import { beginHeartbeat, makeEvidenceFolder, needsHeartbeat, refuseUnwritable } from "./open-records.ts";
import { runSetUp } from "./run-set-up.ts";
import { describeCommand, type SetUpCommand, setUpCommands } from "./set-up-commands.ts";
import { settleApprovals } from "./settle-approvals.ts";

export interface StartOptions extends ServerChoice {
  approve?: string;
  /** False for `--no-set-up`. */
  setUp: boolean;
}

/** Where the work is to be done. */
interface Ground {
  repository: Repository;
  worktree: string;
  config: Config;
  commands: SetUpCommand[];
}

async function openGround(cwd: string): Promise<Ground> {
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
    commands: setUpCommands(config.task.setUp, { worktree, gitDirectory }),
  };
}

async function approveOne(typed: string, context: CommandContext): Promise<ExitCode> {
  const { commands } = await openGround(context.cwd);
  const command = findByHash(commands, typed);
  approve(command, context);
  context.out(`${paintFor(context.colour)("green", "✔")} approved: ${printable(describeCommand(command))}\n`);
  return EXIT.ok;
}

/** The claim of this checkout that still holds, or a new one. @throws Refusal, exit 1, when it cannot be had */
async function takeTask(desk: Desk, id: string): Promise<{ task: TaskView; isNew: boolean }> {
  const known = desk.claims?.find(id);
  if (known) {
    const task = await desk.client.ask<typeof showTaskEndpoint>("GET /api/v1/task/:task", {
      params: { task: id },
    });
    if (task.holder === desk.agent && task.fence === known.fence) return { task, isNew: false };
    desk.claims?.forget(id);
  }
  return { task: await claim(desk, id), isNew: true };
}

/** What was prepared. */
interface Prepared {
  task: TaskView;
  claim: "new" | "kept";
  /** What is known of such work already; a knowledge base comes with a later version. */
  knowledge: null;
  evidence: string;
  /** Null where the task needs none. */
  heartbeat: string | null;
  environment: EnvironmentCheck[];
  setUp: { argv: readonly string[]; done: boolean }[];
}

class Reporter {
  readonly #context: CommandContext;
  readonly #json: boolean;

  constructor(context: CommandContext, json: boolean) {
    this.#context = context;
    this.#json = json;
  }

  #say(text: string): void {
    if (!this.#json) this.#context.out(text);
  }

  step(done: boolean, what: string, says: string): void {
    const paint = paintFor(this.#context.colour);
    const mark = done ? paint("green", "✔") : paint("dim", "–");
    this.#say(`${mark} ${what.padEnd(10)} ${printable(says)}\n`);
  }

  environment(checks: readonly EnvironmentCheck[]): void {
    const paint = paintFor(this.#context.colour);
    const rows = checks.map(({ what, state, says }) => [state, what, says]);
    const [, ...lines] = renderTable(["", "", ""], rows).trimEnd().split("\n");
    const painted = lines.map((line, at) => {
      const look = checks[at]?.state === "look";
      return `  ${paint(look ? "yellow" : "green", line.slice(0, 4))}${line.slice(4)}`;
    });
    this.step(
      checks.every(({ state }) => state === "ok"),
      "checks",
      "of the environment",
    );
    this.#say(`${painted.join("\n")}\n`);
  }

  end(prepared: Prepared): void {
    if (this.#json) this.#context.out(`${JSON.stringify(prepared, null, 2)}\n`);
  }
}

async function prepare(
  ground: Ground,
  desk: Desk & { agent: string },
  id: string,
  options: StartOptions,
  context: CommandContext,
) {
  const report = new Reporter(context, options.json === true);
  const { task, isNew } = await takeTask(desk, id);
  const now = context.clock.now();
  report.step(
    true,
    "claim",
    isNew ? describeClaim(task, desk, context) : `${task.id} is yours already, fence ${task.fence}`,
  );
  report.step(false, "knowledge", "none yet");
  const evidence = makeEvidenceFolder(ground.worktree, desk.agent, now);
  report.step(true, "evidence", evidence);
  const long = needsHeartbeat(task.estimate_minutes, ground.config.heartbeat.requiredAfter);
  const heartbeat = long ? await beginHeartbeat(ground.worktree, desk.agent, task.id, now) : null;
  report.step(
    long,
    "heartbeat",
    heartbeat ?? "not needed by its estimate; growth-engine heartbeat beat begins one",
  );
  const server = { url: desk.client.url, fleet: desk.fleet };
  const environment = await checkEnvironment(
    ground.repository,
    ground.worktree,
    ground.commands,
    server,
    context.env,
  );
  report.environment(environment);
  const commands = options.setUp ? ground.commands : [];
  for (const command of commands) {
    await runSetUp(command, ground.worktree, context.env);
    report.step(true, "set-up", describeCommand(command));
  }
  const setUp = ground.commands.map(({ argv }) => ({ argv, done: options.setUp }));
  report.end({
    task,
    claim: isNew ? "new" : "kept",
    knowledge: null,
    evidence,
    heartbeat,
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
  if (options.setUp) await settleApprovals(ground.commands, context);
  await prepare(ground, desk, id, options, context);
  return EXIT.ok;
}
