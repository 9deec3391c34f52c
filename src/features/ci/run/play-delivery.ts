import { checkEvent } from "../forge/published-schema.ts";
import type { Delivery } from "../scene/events.ts";
import { payloadOf } from "../scene/payloads.ts";
import type { Variant } from "../scene/variant.ts";
import { SOURCE_OF, type TriggerName } from "../workflow/occasion.ts";
import { type CheckAnswer, checkName, playJobs } from "../workflow/play-jobs.ts";
import { whyNotTriggered } from "../workflow/why-not-triggered.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { playJob } from "./play-job.ts";
import { type Scene, whereabouts } from "./scene.ts";
import type { World } from "./world.ts";

/** What one trigger of one workflow came to. */
export interface WorkflowEnd {
  file: string;
  trigger: TriggerName;
  /** Why GitHub did not start it; null where it did. */
  notTriggered: string | null;
  answers: readonly CheckAnswer[];
}

/** The `github` context, as far as conditions and inputs ask for it. */
function githubContext(scene: Scene, { cast }: World): Record<string, unknown> {
  const isPull = scene.trigger.startsWith("pull_request");
  return {
    actor: cast.author,
    api_url: "https://api.github.com",
    base_ref: isPull ? cast.branch : "",
    event: scene.payload,
    event_name: scene.trigger,
    head_ref: isPull ? "simulation" : "",
    ref: scene.ref,
    ref_name: scene.ref.replace(/^refs\/(heads|pull)\//, ""),
    repository: cast.repository,
    repository_owner: cast.repository.split("/")[0],
    run_attempt: String(scene.delivery.attempt),
    run_id: "1",
    server_url: "https://github.com",
    sha: scene.sha,
    token: "simulated-token",
    workflow: "simulation",
  };
}

function contextsOf(scene: Scene, world: World): Record<string, unknown> {
  const nothing = { env: {}, vars: {}, inputs: {}, steps: {}, strategy: {}, job: {} };
  return {
    ...nothing,
    github: githubContext(scene, world),
    runner: { os: "Linux", arch: "X64" },
    secrets: { GITHUB_TOKEN: "simulated-token" },
    matrix: {},
  };
}

/** A workflow of the change itself can answer whatever it likes; it is not played, and that is the answer. */
function ownAnswers(
  workflow: Workflow,
  contexts: Record<string, unknown>,
  trigger: TriggerName,
): CheckAnswer[] {
  const reason = `${trigger} runs the change's own workflow file, which may answer anything`;
  return workflow.jobs.flatMap((job) =>
    job.matrix.map((matrix) => ({
      check: checkName(job, { ...contexts, matrix }),
      conclusion: "success" as const,
      reason,
      own: true,
      unplayed: false,
    })),
  );
}

async function playWorkflow(workflow: Workflow, scene: Scene, world: World): Promise<WorkflowEnd> {
  const { variant, delivery, trigger, source } = scene;
  const occasion = { trigger, action: delivery.action, branch: world.cast.branch, paths: variant.paths };
  const notTriggered = whyNotTriggered(workflow, occasion);
  const end = { file: workflow.file, trigger, notTriggered };
  if (notTriggered !== null) return { ...end, answers: [] };
  const contexts = contextsOf(scene, world);
  if (variant.name === "own rules" && source === "head") {
    return { ...end, answers: ownAnswers(workflow, contexts, trigger) };
  }
  return {
    ...end,
    answers: await playJobs(workflow, contexts, (job, all) => playJob(job, all, scene, world)),
  };
}

async function playTrigger(
  variant: Variant,
  delivery: Delivery,
  trigger: TriggerName,
  world: World,
): Promise<WorkflowEnd[]> {
  const payload = payloadOf(delivery.shape, variant, world.cast, delivery.facets);
  for (const problem of checkEvent(delivery.shape, payload)) {
    world.problems.add(`the simulated event ${delivery.shape}: ${problem}`);
  }
  const scene: Scene = { variant, delivery, trigger, payload, ...whereabouts(trigger, variant, world) };
  const workflows = await world.workflowsAt(SOURCE_OF[trigger] === "base" ? variant.base : variant.merged);
  return Promise.all(workflows.map((workflow) => playWorkflow(workflow, scene, world)));
}

/** Plays one event: every trigger that it fires, in every workflow. */
export async function playDelivery(
  variant: Variant,
  delivery: Delivery,
  world: World,
): Promise<WorkflowEnd[]> {
  const ends = delivery.triggers.map((trigger) => playTrigger(variant, delivery, trigger, world));
  return (await Promise.all(ends)).flat();
}
