import { commitTree } from "../../../platform/git/index.ts";
import { type Conclusion, evaluateCondition, fill } from "../workflow/evaluate-condition.ts";
import type { Source } from "../workflow/occasion.ts";
import type { JobAnswer } from "../workflow/play-jobs.ts";
import { stepKind } from "../workflow/step-kind.ts";
import type { Job, Step } from "../workflow/workflow.ts";
import { type ActionEnd, runAction } from "./run-action.ts";
import { resolveCheckout, type Scene } from "./scene.ts";
import type { World } from "./world.ts";

type Contexts = Readonly<Record<string, unknown>>;

/** How far a job has come. */
interface Progress {
  ends: Conclusion[];
  checkout: { commit: string; source: Source } | null;
  fetched: boolean;
  /** What the action said, when it was run. */
  said: string[];
  own: boolean;
  unplayed: string[];
}

function fillAll(texts: Readonly<Record<string, string>>, contexts: Contexts): Record<string, string> {
  const entries = Object.entries(texts).map(([name, text]) => [name, fill(text, { contexts, before: [] })]);
  return Object.fromEntries(entries);
}

async function holdsAction(world: World, commit: string, folder: string): Promise<boolean> {
  const files = await commitTree(world.forge, commit, folder).list();
  return files.some(({ path }) => path === `${folder}/action.yml` || path === `${folder}/action.yaml`);
}

function fail(progress: Progress, reason: string): void {
  progress.ends.push("failure");
  progress.said.push(reason);
}

function playCheckout(step: Step, contexts: Contexts, progress: Progress, scene: Scene, world: World): void {
  const ref = fill(step.with.ref ?? "", { contexts, before: [] });
  progress.checkout = resolveCheckout(ref, scene, world);
  if (progress.checkout === null) fail(progress, `checkout of ${ref}: there is no such commit in this run`);
  else progress.ends.push("success");
}

/** The change's own copy of the tool is never run: that it could answer anything is the answer. */
function answersForItself(scene: Scene, source: Source): boolean {
  return scene.variant.name === "own rules" && source === "head";
}

async function playAction(
  step: Step,
  job: Job,
  contexts: Contexts,
  progress: Progress,
  scene: Scene,
  world: World,
): Promise<void> {
  const { checkout } = progress;
  const folder =
    stepKind(step) === "own-folder" ? (step.uses ?? "").replace(/^\.\//, "").replace(/\/$/, "") : null;
  if (checkout === null) return fail(progress, "nothing was checked out before the action");
  if (folder !== null && !(await holdsAction(world, checkout.commit, folder))) {
    return fail(progress, `${folder}/action.yml is not in what was checked out`);
  }
  if (folder !== null && answersForItself(scene, checkout.source)) {
    progress.own = true;
    progress.ends.push("success");
    progress.said.push(`the action comes from the change's own ${folder}, which may answer anything`);
    return;
  }
  const call = {
    job: job.id,
    inputs: fillAll({ ...world.tool.defaults, ...step.with }, contexts),
    checkout,
    fetched: progress.fetched,
  };
  const end: ActionEnd = await runAction(scene, call, world);
  progress.ends.push(end.passed || step.continueOnError ? "success" : "failure");
  progress.said.push(end.reason);
}

async function playStep(
  step: Step,
  job: Job,
  contexts: Contexts,
  progress: Progress,
  scene: Scene,
  world: World,
): Promise<void> {
  switch (stepKind(step)) {
    case "checkout":
      return playCheckout(step, contexts, progress, scene, world);
    case "own-folder":
    case "own-release":
      return playAction(step, job, contexts, progress, scene, world);
    case "fetch":
      progress.fetched = true;
      return;
    case "refuse":
      return fail(progress, `its step says no: if ${step.condition}`);
    default:
      progress.unplayed.push(step.uses ?? step.run?.trim().split("\n")[0] ?? "a step");
  }
}

function answerOf({ ends, said, own, unplayed }: Progress): JobAnswer {
  const conclusion = ends.includes("failure") ? "failure" : "success";
  if (said.length > 0) return { conclusion, reason: said.join("; "), own, unplayed: false };
  if (unplayed.length === 0) return { conclusion, reason: "no step of it says no", own, unplayed: false };
  return { conclusion, reason: `its steps are not run here: ${unplayed.join("; ")}`, own, unplayed: true };
}

/** Plays the steps of a job in order, as far as they are Growth Engine's own. */
export async function playJob(job: Job, contexts: Contexts, scene: Scene, world: World): Promise<JobAnswer> {
  if (job.calls !== null) {
    return {
      conclusion: "success",
      reason: `calls ${job.calls}, which is not followed`,
      own: false,
      unplayed: true,
    };
  }
  const progress: Progress = { ends: [], checkout: null, fetched: false, said: [], own: false, unplayed: [] };
  for (const step of job.steps) {
    if (evaluateCondition(step.condition, { contexts, before: progress.ends })) {
      await playStep(step, job, contexts, progress, scene, world);
    }
  }
  return answerOf(progress);
}
