import { Refusal } from "../../../platform/errors/index.ts";
import { findDefaultBase, type Repository, resolveCommit } from "../../../platform/git/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { readEvidence } from "../../evidence/index.ts";
import { type CompletionRun, completionRuns } from "../../run/index.ts";
import type { CompletionFacts } from "../../task/index.ts";
import { checkSecurity, type SecurityFindings } from "./check-security.ts";
import { readProofs } from "./read-proofs.ts";

/** What only the caller knows. */
export interface ToldFacts {
  notes?: string;
  proof?: string[];
  knowledge?: string;
  pullRequest?: string;
  merged?: boolean;
  passed?: string[];
  dependencyFindings?: string;
  base?: string;
}

/** What is handed in, and what a person sees of it. */
export interface GatheredFacts {
  facts: CompletionFacts;
  security: SecurityFindings | null;
}

const MAX_NOTES = 64 * 1024;
const MAX_PATHS = 200;
const MAX_COUNT = 1_000_000;
const KINDS = ["unit", "integration"] as const;

async function notesOf({ notes }: ToldFacts, context: CommandContext): Promise<string | undefined> {
  return notes === "-" ? (await context.readInput(MAX_NOTES)).toString("utf8").trim() : notes;
}

async function evidenceOf(repository: Repository, agent: string, task: string) {
  const paths = new Set<string>();
  let records = 0;
  await readEvidence(repository, { agent, task }, ({ file }) => {
    paths.add(file.path);
    records += 1;
  });
  return records === 0
    ? undefined
    : { paths: [...paths].slice(0, MAX_PATHS), records: Math.min(records, MAX_COUNT) };
}

async function treeOf(repository: Repository): Promise<string> {
  return (await repository.git(["rev-parse", "--verify", "HEAD^{tree}"])).stdout.toString().trim();
}

function runsOf({ passed = [] }: ToldFacts, tree: string) {
  return passed.map((word) => {
    const kind = KINDS.find((known) => known === word);
    if (kind) return { kind, passed: true, tree };
    throw new Refusal("USAGE", `--passed "${word}" is no kind of test`, {
      hint: `--passed ${KINDS.join(" ")}`,
    });
  });
}

function countOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Refusal("USAGE", `--dependency-findings "${text}" is no number`, {
    hint: "--dependency-findings 0",
  });
}

/** The tests that a recorder saw run on this content, whatever the caller says of them. */
function recordedOf(runs: readonly CompletionRun[], tree: string) {
  return runs.map(({ kind, passed, reference }) => ({ kind, passed, tree, reference, recorded: true }));
}

/** A recorded security run that passed found nothing; else the caller says what the audit found. */
function auditedOf({ dependencyFindings }: ToldFacts, runs: readonly CompletionRun[]): number | undefined {
  if (dependencyFindings !== undefined) return countOf(dependencyFindings);
  return runs.some(({ kind, passed }) => kind === "security" && passed) ? 0 : undefined;
}

/** Handed in when all three parts were checked; the audit of dependencies asks a registry, which is the caller's to do. */
function securityOf(found: SecurityFindings | null, audited: number | undefined, tree: string) {
  if (found === null || audited === undefined) return undefined;
  return { tree, secrets: found.secrets.length, ban: found.ban.length, dependencies: audited };
}

/** Gathers the facts of a completion from the checkout and from what the caller says. */
export async function gatherCompletion(
  repository: Repository,
  { agent, task }: { agent: string; task: string },
  told: ToldFacts,
  context: CommandContext,
): Promise<GatheredFacts> {
  const base =
    told.base === undefined ? await findDefaultBase(repository) : await resolveCommit(repository, told.base);
  const tree = await treeOf(repository);
  const recorded = await completionRuns(repository, agent);
  const runs = [...runsOf(told, tree), ...recordedOf(recorded, tree)];
  const [notes, evidence] = [await notesOf(told, context), await evidenceOf(repository, agent, task)];
  const security = await checkSecurity(repository, base, context);
  const handed = securityOf(security, auditedOf(told, recorded), tree);
  const facts: CompletionFacts = {
    tree,
    ...(notes === undefined ? {} : { notes }),
    ...(evidence ? { evidence } : {}),
    ...(told.knowledge === undefined ? {} : { knowledge: { reference: told.knowledge } }),
    ...(told.pullRequest === undefined
      ? {}
      : { pull_request: { url: told.pullRequest, merged: told.merged === true } }),
    ...(told.proof ? { proofs: readProofs(told.proof) } : {}),
    ...(runs.length > 0 ? { runs } : {}),
    ...(handed ? { security: handed } : {}),
  };
  return { facts, security };
}
