import { matchPaths } from "../../../../platform/globs/index.ts";

/** What a fleet believes: the workflows of one file, of some refs, of one repository. */
export interface Trusted {
  forge: "github" | "gitlab";
  /** `owner/name`. */
  forgeName: string;
  forgeId: string;
  /** Path of the file, `.github/workflows/growth-engine.yml`. A reusable one of another repository: `owner/name/path`. */
  workflow: string;
  refs: readonly string[];
}

/** What an OpenID token says of the run that shows it, in the words of no one forge. */
export interface RunClaims {
  /** `owner/name` and its number. */
  name: string;
  id: string;
  sha: string;
  /** What started the run. */
  event: string;
  /** Files that decide what runs, each as `owner/name/path@ref`: the workflow, and the reusable one that holds the job. */
  files: readonly string[];
  /** The pull request whose merge ref the run is of; null elsewhere. */
  pull: number | null;
  /** Source and target branch of a run about a pull request; null elsewhere. */
  headRef: string | null;
  baseRef: string | null;
}

/** The claims that are read; every other is passed over. */
export type Claims = Readonly<Record<string, unknown>>;

/** Runs that judge commits. Others (comments, other runs' ends) begin with privileges on somebody else's word. */
const EVENTS: Readonly<Record<Trusted["forge"], readonly string[]>> = {
  github: ["push", "merge_group", "pull_request", "pull_request_target", "schedule", "workflow_dispatch"],
  gitlab: ["push", "merge_request_event", "schedule", "web", "api", "merge_train"],
};
const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
const MERGE_REF = /^refs\/(?:pull|merge-requests)\/(\d{1,9})\//;

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";
const orNull = (value: unknown): string | null => text(value) || null;

function pullOf(ref: string): number | null {
  const found = MERGE_REF.exec(ref)?.[1];
  return found === undefined ? null : Number(found);
}

/** GitHub: docs.github.com "OpenID Connect reference", "OIDC token claims". */
function githubClaims(claims: Claims): RunClaims {
  const files = [text(claims.workflow_ref), text(claims.job_workflow_ref)].filter((file) => file !== "");
  return {
    name: text(claims.repository),
    id: text(claims.repository_id),
    sha: text(claims.sha),
    event: text(claims.event_name),
    files: [...new Set(files)],
    pull: pullOf(text(claims.ref)),
    headRef: orNull(claims.head_ref),
    baseRef: orNull(claims.base_ref),
  };
}

/** `host/group/project//path@ref` → `group/project/path@ref`. */
function gitlabFile(uri: string): string {
  const [project = "", file = ""] = uri.split("//", 2);
  return file === "" ? "" : `${project.split("/").slice(1).join("/")}/${file}`;
}

/** GitLab: docs.gitlab.com "OpenID Connect (OIDC) Authentication Using ID Tokens", "Token payload". */
function gitlabClaims(claims: Claims): RunClaims {
  const file = gitlabFile(text(claims.ci_config_ref_uri));
  return {
    name: text(claims.project_path),
    id: text(claims.project_id),
    sha: text(claims.sha),
    event: text(claims.pipeline_source),
    files: file === "" ? [] : [file],
    pull: pullOf(text(claims.ref_path)),
    headRef: null,
    baseRef: null,
  };
}

/** What a token's claims say of its run. */
export function readClaims(forge: Trusted["forge"], claims: Claims): RunClaims {
  return forge === "github" ? githubClaims(claims) : gitlabClaims(claims);
}

interface WorkflowFile {
  path: string;
  ref: string;
}

function splitFile(file: string): WorkflowFile | null {
  const at = file.indexOf("@");
  return at < 1 ? null : { path: file.slice(0, at), ref: file.slice(at + 1) };
}

function judgeFiles(files: readonly string[], { forgeName, workflow, refs }: Trusted): string | null {
  const read = files.map(splitFile);
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const isIt = (path: string): boolean => same(path, workflow) || same(path, `${forgeName}/${workflow}`);
  if (!read.some((file) => file !== null && isIt(file.path)))
    return `its workflow is ${files.join(", ").slice(0, 300) || "not named"}, and ${workflow} is trusted`;
  const isTrusted = matchPaths(refs);
  const wrong = read.find((file) => file === null || !isTrusted(file.ref));
  if (wrong === undefined) return null;
  return `its workflow is of ${wrong?.ref.slice(0, 200) ?? "no ref"}, and ${refs.join(", ")} is trusted`;
}

/**
 * Why the run of a token is not to be believed, as the end of a sentence; null when it is. The signature, the issuer,
 * the audience and the times of the token were checked before.
 */
export function judgeClaims(run: RunClaims, trusted: Trusted): string | null {
  const { forge, forgeName, forgeId } = trusted;
  if (run.id !== forgeId || run.name.toLowerCase() !== forgeName.toLowerCase())
    return `is of the repository ${run.name.slice(0, 200)} (${run.id.slice(0, 40)}), and ${forgeName} (${forgeId}) is trusted`;
  if (!EVENTS[forge].includes(run.event))
    return `is of a run that ${run.event.slice(0, 100) || "nothing"} started, which judges no commit`;
  if (!COMMIT.test(run.sha)) return "names no commit";
  return judgeFiles(run.files, trusted);
}
