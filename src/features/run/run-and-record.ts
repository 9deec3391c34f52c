import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Fault, messageOf, Refusal } from "../../platform/errors/index.ts";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { type PassedCode, passedCode } from "../../vocabulary/exit-code.ts";
import { isPathPart } from "../record/index.ts";
import { type Checkout, countUnrecorded, findCheckout, whoWorks } from "../recorder/index.ts";
import type { FinishedRun, Ready } from "./finished-run.ts";
import { kindOf } from "./kind-of.ts";
import { passThrough } from "./pass-through.ts";
import { RUN_RECORDER } from "./recorded-run.ts";
import { askRunner } from "./totals/ask-runner.ts";
import { watchTree } from "./tree/look-at-tree.ts";

export interface RunOptions {
  kind?: string;
  task?: string;
  agent?: string;
  junit?: string[];
  piped?: boolean;
  quiet?: boolean;
}

function refuseAgent(agent: string | undefined): void {
  if (agent === undefined || isPathPart(agent)) return;
  throw new Refusal("USAGE", `--agent "${agent}" cannot name a folder`, {
    hint: "use letters, digits and . _ - @, at most 100, not beginning or ending with a dot",
  });
}

/** The command comes first: whatever goes wrong with recording is said, counted, and changes nothing else. */
class Recording {
  readonly #context: CommandContext;
  readonly #checkout: Checkout | null;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#checkout = findCheckout(context.cwd);
  }

  get checkout(): Checkout {
    if (this.#checkout === null)
      throw new Fault("NOT_A_REPOSITORY", "this folder is not part of a git checkout", { hint: "git init" });
    return this.#checkout;
  }

  whoWorks(): { agent: string | null; task: string | null } {
    return this.#checkout === null
      ? { agent: null, task: null }
      : whoWorks(this.#context.env, this.#checkout);
  }

  /** Undefined when it failed; nothing more is tried then. */
  async attempt<T>(deed: () => Promise<T>): Promise<T | undefined> {
    try {
      return await deed();
    } catch (error) {
      this.#say(messageOf(error));
      return undefined;
    }
  }

  #say(reason: string): void {
    const { clock, err } = this.#context;
    const counted =
      this.#checkout === null ||
      countUnrecorded(this.#checkout, { recorder: RUN_RECORDER, reason, at: clock.now() });
    err(
      `growth-engine: the run is not recorded: ${printable(reason)}${counted ? "" : " (nor could that be counted)"}\n`,
    );
  }
}

async function prepare(recording: Recording, agent: string | null): Promise<Ready> {
  const { checkout } = recording;
  if (agent === null)
    throw new Refusal("USAGE", "nobody is named who runs it: --agent <agent>, or GROWTH_ENGINE_AGENT");
  const watch = await watchTree(checkout.root);
  return { checkout, watch, before: await watch.look() };
}

async function record(
  run: FinishedRun,
  ready: Ready,
  options: RunOptions,
  context: CommandContext,
): Promise<void> {
  const { recordRun } = await import("./record-run.ts");
  const { sentence, notes } = await recordRun(run, ready, context);
  if (options.quiet && notes.length === 0) return;
  const dim = (text: string) => paintFor(context.progress === true && context.colour)("dim", text);
  context.err(`${[sentence, ...notes].map((text) => dim(`growth-engine: ${printable(text)}`)).join("\n")}\n`);
}

/** The command as it will run; as it was given when nothing is to be recorded of it. */
async function ask(
  words: readonly string[],
  options: RunOptions,
  folder: string,
  { cwd, env }: CommandContext,
) {
  return askRunner(
    words,
    { cwd, env, folder },
    (options.junit ?? []).map((path) => resolve(cwd, path)),
  );
}

/** `growth-engine run -- <command…>`: exits as the command does. */
export async function runAndRecord(
  words: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<PassedCode> {
  const kind = kindOf(options.kind);
  refuseAgent(options.agent);
  const recording = new Recording(context);
  const who = recording.whoWorks();
  const agent = options.agent ?? who.agent;
  const ready = await recording.attempt(() => prepare(recording, agent));
  const folder =
    ready && (await recording.attempt(async () => mkdtempSync(join(tmpdir(), "growth-engine-run-"))));
  try {
    const asked =
      folder === undefined ? undefined : await recording.attempt(() => ask(words, options, folder, context));
    const start = performance.now();
    const ended = await passThrough(asked?.words ?? words, {
      cwd: context.cwd,
      env: { ...context.env, ...asked?.env },
      piped: options.piped === true,
    });
    const took = Math.round(performance.now() - start);
    if (ended.failed !== null)
      context.err(`growth-engine: ${printable(`${words[0]} could not be started: ${ended.failed}`)}\n`);
    else if (ready && asked && agent !== null) {
      const run = { kind, agent, task: options.task ?? who.task ?? undefined, words, asked, ended, took };
      await recording.attempt(() => record(run, ready, options, context));
    }
    return passedCode(ended.code);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
