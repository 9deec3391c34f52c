import type { Addition } from "./settle-addition.ts";

export const GITLAB_CI_FILE = ".gitlab-ci.yml";
export const GITLAB_JOB_FILE = ".gitlab/growth-engine.yml";
const INCLUDE_ITEM = `- local: /${GITLAB_JOB_FILE}`;

/** `stages:` of a pipeline, as far as it is a plain list; null without one. */
export function readStages(pipeline: string): string[] | null {
  const lines = pipeline.split(/\r?\n/);
  const at = lines.findIndex((line) => /^stages\s*:/.test(line));
  if (at < 0) return null;
  const [, inline] = /^stages\s*:\s*\[(.*)\]/.exec(lines[at] ?? "") ?? [];
  const words =
    inline?.split(",") ??
    lines.slice(at + 1, lines.findIndex((line, i) => i > at && /^[^\s#-]/.test(line)) >>> 0);
  return words.flatMap((word) => /^\s*(?:-\s*)?["']?([\w .-]+?)["']?\s*(?:#.*)?$/.exec(word)?.[1] ?? []);
}

/** The stage that the jobs join: `test` where there is one (it is, unless the pipeline names its own), else the first. */
export function chooseStage(pipeline: string | null): string {
  const stages = pipeline === null ? null : readStages(pipeline);
  return stages === null || stages.length === 0 || stages.includes("test") ? "test" : (stages[0] ?? "test");
}

function includesJob(pipeline: string): boolean {
  return pipeline.split(/\r?\n/).some((line) => line.replace(/(^|\s)#.*$/, "").includes(GITLAB_JOB_FILE));
}

/**
 * How the pipeline comes to include the job: a key of its own, or one more item of the list that is there. Null where
 * `include` has a form that only its author can change safely.
 */
export function planInclude(pipeline: string | null): Addition | null {
  const addition = { path: GITLAB_CI_FILE, says: `includes ${GITLAB_JOB_FILE}` };
  const text = pipeline ?? "";
  if (includesJob(text)) return { ...addition, block: null };
  const key = /^include[ \t]*:[ \t]*(.*)\r?\n?/m.exec(text);
  if (key === null) return { ...addition, block: `include:\n  ${INCLUDE_ITEM}` };
  const after = key.index + key[0].length;
  const [, indent] = /^(?:[ \t]*(?:#.*)?\r?\n)*([ \t]*)- /.exec(text.slice(after)) ?? [];
  if (indent === undefined || !/^(?:#.*)?$/.test(key[1] ?? "")) return null;
  return { ...addition, block: `${indent}${INCLUDE_ITEM}`, placeIn: () => after };
}

/** What its author adds where {@link planInclude} gives none. */
export const INCLUDE_HINT = `include:\n  ${INCLUDE_ITEM}`;
