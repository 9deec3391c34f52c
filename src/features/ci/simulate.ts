import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import {
  borrowObjects,
  commitTree,
  openRepository,
  type Repository,
  readRange,
} from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { atMost } from "../../platform/turns/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { CONFIG_FILE, type Config, readConfig } from "../config/index.ts";
import { gatherSubject } from "../guard/index.ts";
import { castOf } from "./cast-of.ts";
import { chooseGround, type Ends } from "./choose-ground.ts";
import { findTool } from "./find-tool.ts";
import { findWorkflows } from "./find-workflows.ts";
import { MOODS, type Mood } from "./forge/mood.ts";
import { PUBLISHED_SCHEMA_SOURCES } from "./forge/published-schema.ts";
import { playAll } from "./play-all.ts";
import { renderSimulation } from "./render-simulation.ts";

import { makeBlank } from "./run/workspace.ts";
import type { World } from "./run/world.ts";
import { buildBranch, buildVariants } from "./scene/build-variants.ts";
import { STORY_EVENTS } from "./scene/events.ts";
import { SIMULATION_SCHEMA, type Simulation, wrongCells } from "./simulation.ts";

/** The checks that the product's own workflow answers, one job each, and the one over all. */
export const CHECKS = ["guard-mcp", "idle-guard", "dev-mcp-ban", "growth-engine"] as const;

/** Options of `ci simulate`. */
export interface SimulateOptions {
  base?: string;
  head?: string;
  check?: string[];
  forge?: string;
  action?: string;
  prBody?: string;
  event?: string[];
  change?: string[];
  reasons?: boolean;
  json?: boolean;
}

function parseMood(text: string): Mood {
  if (Object.hasOwn(MOODS, text)) return text as Mood;
  const near = nearestOf(text, Object.keys(MOODS));
  throw new Refusal("INPUT_INVALID", `--forge: there is no mood ${JSON.stringify(text)}`, {
    hint: near ? `did you mean ${near}?` : `one of ${Object.keys(MOODS).join(", ")}`,
  });
}

/** The entries that the words name, or all of them. */
function choose<Entry extends { name: string }>(
  entries: readonly Entry[],
  words: readonly string[] | undefined,
  option: string,
): Entry[] {
  const names = entries.map(({ name }) => name);
  const unknown = words?.find((word) => !names.includes(word));
  if (unknown !== undefined) {
    const near = nearestOf(unknown, names);
    throw new Refusal("INPUT_INVALID", `${option}: there is no ${JSON.stringify(unknown)}`, {
      hint: near ? `did you mean ${near}?` : `one of: ${names.join(", ")}`,
    });
  }
  return entries.filter(({ name }) => words === undefined || words.includes(name));
}

interface Stage {
  repository: Repository;
  ends: Ends;
  config: Config;
  checks: readonly string[];
  options: SimulateOptions;
  context: CommandContext;
}

async function makeWorld(
  { repository, ends, config, checks, options, context }: Stage,
  scratch: string,
): Promise<World> {
  const forge = await borrowObjects(repository, join(scratch, "forge.git"), { bare: true });
  await forge.git(["update-ref", `refs/heads/${ends.branch}`, ends.base]);
  await forge.git(["symbolic-ref", "HEAD", `refs/heads/${ends.branch}`]);
  // As GitHub's servers do: any commit that a ref leads to can be asked for by its id.
  await forge.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
  const known = new Map<string, ReturnType<typeof findWorkflows>>();
  const blanks = {
    base: await makeBlank(repository, forge, join(scratch, "blank-base")),
    changes: await makeBlank(forge, forge, join(scratch, "blank-changes")),
  };
  return {
    origin: repository,
    blanks,
    forge,
    scratch,
    tool: findTool(options.action, context.cwd, context.version),
    cast: await castOf(repository, ends.branch, config),
    mood: parseMood(options.forge ?? "well"),
    env: context.env,
    turn: atMost(Math.max(1, Math.min(availableParallelism(), 8))),
    workflowsAt: (commit) => {
      const found = known.get(commit) ?? findWorkflows(forge, commit, checks);
      known.set(commit, found);
      return found;
    },
    problems: new Set(),
    played: new Map(),
  };
}

/** The text for the change of this branch, by the same limits as `guard` reads it. */
async function readBody({ options: { prBody }, context }: Stage): Promise<string> {
  if (prBody === undefined) return "";
  return (await gatherSubject({ prBody }, { ...context, env: {} })).text ?? "";
}

async function play(stage: Stage, scratch: string): Promise<Simulation> {
  const { ends, config, checks } = stage;
  const world = await makeWorld(stage, scratch);
  const { time } = (await readRange(world.forge, ends.base, ends.base)).head;
  const ground = { forge: world.forge, base: ends.base, time, config };
  const synthetic = await buildVariants(ground);
  const branch = await buildBranch(ground, ends.head, await readBody(stage));
  const variants = choose(branch ? [...synthetic, branch] : synthetic, stage.options.change, "--change");
  const events = choose(STORY_EVENTS, stage.options.event, "--event");
  const cells = await playAll(variants, events, checks, time, world);
  const workflows = (await world.workflowsAt(ends.base)).map(({ file }) => file);
  return {
    schema: SIMULATION_SCHEMA,
    base: ends.base,
    head: ends.head,
    workflows,
    tool: world.tool.name,
    published: PUBLISHED_SCHEMA_SOURCES,
    checks,
    cells,
    problems: [...world.problems].sort(),
    notes: ends.note === null ? [] : [ends.note],
  };
}

/** `growth-engine ci simulate`: plays every event of the forge here, and says what each required check would answer. */
export async function simulate(options: SimulateOptions, context: CommandContext): Promise<ExitCode> {
  parseMood(options.forge ?? "well");
  const checks = options.check ?? [...CHECKS];
  const repository = await openRepository(context.cwd);
  const ends = await chooseGround(repository, options, checks);
  const config = await readConfig(commitTree(repository, ends.base, CONFIG_FILE));
  const scratch = await mkdtemp(join(tmpdir(), "growth-engine-simulation-"));
  if (context.colour && !options.json) context.err("playing the events, which may take a minute\n");
  try {
    const simulation = await play({ repository, ends, config, checks, options, context }, scratch);
    const text = { colour: context.colour, reasons: options.reasons ?? false };
    context.out(
      options.json ? `${JSON.stringify(simulation, null, 2)}\n` : renderSimulation(simulation, text),
    );
    return wrongCells(simulation).length > 0 || simulation.problems.length > 0 ? EXIT.no : EXIT.ok;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}
