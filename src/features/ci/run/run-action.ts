import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FakeForge, type ForgeState, startFakeForge } from "../forge/fake-forge.ts";
import { sample } from "../forge/published-schema.ts";
import { fillPull, listedReview } from "../scene/payloads.ts";
import type { Source } from "../workflow/occasion.ts";
import { runTool, type ToolEnd } from "./run-tool.ts";
import { runnerEnvironment } from "./runner-environment.ts";
import type { Scene } from "./scene.ts";
import { makeWorkspace } from "./workspace.ts";
import type { World } from "./world.ts";

/** One step that runs the action. */
export interface ActionCall {
  job: string;
  inputs: Readonly<Record<string, string>>;
  /** What lies in the workspace. */
  checkout: { commit: string; source: Source };
  /** An earlier step fetched the change's commits. */
  fetched: boolean;
}

export interface ActionEnd {
  passed: boolean;
  reason: string;
}

/** What the forge would answer about the pull request of this scene. */
function forgeState({ variant, delivery }: Scene, { cast }: World): ForgeState {
  const { facets } = delivery;
  const pull = fillPull(sample("pull"), variant, cast, facets);
  const simple = fillPull(sample("pull-simple"), variant, cast, facets);
  const member = { ...sample("team-membership"), role: "member", state: "active" };
  const teams = cast.teams.map((team) => [`${team}/${cast.reviewer}`.toLowerCase(), member]);
  return {
    repository: cast.repository,
    pull,
    reviews: facets.review === null ? [] : [listedReview(variant, cast, facets.review)],
    commits: [{ ...sample("commit"), sha: variant.head }],
    pullsOf: { [variant.head]: [simple], [variant.merged]: [simple] },
    memberships: Object.fromEntries(teams),
  };
}

/** The first sentence that says why: an error annotation, or the last line. */
export function reasonOf({ code, said }: ToolEnd): string {
  if (code === null) return "the action did not end";
  const lines = said
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const error = lines.find((line) => line.startsWith("::error"));
  const text = error?.replace(/^::error[^:]*(?::(?!:)[^:]*)*::/, "") ?? lines.at(-1) ?? "";
  return (
    decodeURIComponent(text.replaceAll(/%(?!0A|0D|25|3A|2C)/g, "%25"))
      .split("\n")[0]
      ?.slice(0, 300) ?? ""
  );
}

async function runIn(
  folder: string,
  scene: Scene,
  call: ActionCall,
  forge: FakeForge,
  world: World,
): Promise<ActionEnd> {
  const { cast } = world;
  const hasChange = call.fetched || call.checkout.source === "head";
  await Promise.all(["home", "temp"].map((name) => mkdir(join(folder, name))));
  const blank = hasChange ? world.blanks.changes : world.blanks.base;
  await makeWorkspace(blank, join(folder, "workspace"), call.checkout.commit);
  const files = ["env", "output", "path", "state", "summary.md"];
  await Promise.all(files.map((name) => writeFile(join(folder, name), "")));
  const eventFile = join(folder, "event.json");
  await writeFile(eventFile, JSON.stringify(scene.payload));
  const isPull = scene.trigger.startsWith("pull_request");
  const facts = {
    event: scene.trigger,
    eventFile,
    api: forge.url,
    repository: cast.repository,
    sha: scene.sha,
    ref: scene.ref,
    baseRef: isPull ? cast.branch : "",
    headRef: isPull ? "simulation" : "",
    actor: cast.author,
    attempt: scene.delivery.attempt,
    job: call.job,
  };
  const env = runnerEnvironment(facts, call.inputs, folder, world.env);
  const end = await runTool(world.tool.file, { cwd: join(folder, "workspace"), env });
  return { passed: end.code === 0, reason: reasonOf(end) };
}

async function play(scene: Scene, call: ActionCall, world: World): Promise<ActionEnd> {
  const folder = await mkdtemp(join(world.scratch, "run-"));
  const forge = await startFakeForge(forgeState(scene, world), world.mood);
  try {
    return await runIn(folder, scene, call, forge, world);
  } finally {
    for (const problem of forge.problems) world.problems.add(problem);
    await forge.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** All that can decide a run, so that no run is played twice. */
function keyOf(scene: Scene, call: ActionCall): string {
  const { trigger, payload, delivery, sha } = scene;
  const decides = [trigger, payload, delivery.attempt, delivery.facets, sha, call];
  return createHash("sha256").update(JSON.stringify(decides)).digest("hex");
}

/** Runs the built action as GitHub's runner would, against a forge of its own. */
export function runAction(scene: Scene, call: ActionCall, world: World): Promise<ActionEnd> {
  const key = keyOf(scene, call);
  const known = world.played.get(key);
  if (known) return known;
  const run = world.turn(() => play(scene, call, world));
  world.played.set(key, run);
  return run;
}
