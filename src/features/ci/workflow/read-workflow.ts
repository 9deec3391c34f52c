import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import type { Job as ParsedJob, WorkflowJob } from "@actions/workflow-parser/model/workflow-template";
import { parse } from "yaml";
import { messageOf } from "../../../platform/errors/index.ts";
import type { Job, Step, Trigger, Workflow } from "./workflow.ts";

type Plain = Record<string, unknown>;

function objectOf(value: unknown): Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function textsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(objectOf(value)).filter(
    ([, text]) => text !== null && typeof text !== "object",
  );
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The rows of a matrix of plain lists; `include` adds rows of its own, an expression is not followed. */
function matrixOf(raw: Plain): Record<string, unknown>[] {
  const { include, exclude: _, ...lists } = objectOf(objectOf(raw.strategy).matrix);
  let rows: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(lists)) {
    rows = rows.flatMap((row) => listOf(values).map((value) => ({ ...row, [name]: value })));
  }
  const added = listOf(include).map(objectOf);
  return Object.keys(lists).length === 0 && added.length > 0 ? added : [...rows, ...added];
}

function stepOf(raw: Plain, parsed: { if?: { expression: string } } | undefined): Step {
  return {
    uses: textOf(raw.uses),
    run: textOf(raw.run),
    with: textsOf(raw.with),
    env: textsOf(raw.env),
    condition: parsed?.if?.expression ?? "success()",
    continueOnError: raw["continue-on-error"] === true,
  };
}

function jobOf(parsed: WorkflowJob, raw: Plain): Job {
  const steps = parsed.type === "job" ? ((parsed as ParsedJob).steps ?? []) : [];
  const id = parsed.id.value;
  return {
    id,
    name: textOf(raw.name) ?? id,
    needs: (parsed.needs ?? []).map((need) => need.value),
    condition: parsed.if?.expression ?? "success()",
    matrix: matrixOf(raw),
    steps: listOf(raw.steps).map((step, index) => stepOf(objectOf(step), steps[index])),
    continueOnError: raw["continue-on-error"] === true,
    calls: textOf(raw.uses),
  };
}

/**
 * Reads a workflow as data, with GitHub's own parser, so that what GitHub would refuse is refused here too.
 * Never throws: what is wrong is in `problems`.
 */
export async function readWorkflow(file: string, content: string): Promise<Workflow> {
  const nothing = { file, triggers: {}, jobs: [] };
  try {
    const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
    const template = value === undefined ? undefined : await convertWorkflowTemplate(context, value);
    const problems = [...context.errors.getErrors()].map((error) => error.message);
    if (problems.length > 0 || template === undefined) {
      return { ...nothing, problems: problems.length > 0 ? problems : ["it is empty"] };
    }
    const raw = objectOf(objectOf(parse(content, { logLevel: "silent", maxAliasCount: 100 })).jobs);
    const jobs = template.jobs.map((job) => jobOf(job, objectOf(raw[job.id.value])));
    return { file, triggers: template.events as Record<string, Trigger>, jobs, problems: [] };
  } catch (cause) {
    return { ...nothing, problems: [messageOf(cause)] };
  }
}
