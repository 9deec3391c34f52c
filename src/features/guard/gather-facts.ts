import { isFault, messageOf } from "../../platform/errors/index.ts";
import {
  commitTree,
  findDefaultBase,
  type Range,
  type Repository,
  readRange,
  resolveCommit,
  type Tree,
} from "../../platform/git/index.ts";
import type { GuardName } from "../../vocabulary/finding.ts";
import { type BanFacts, importedPackages, scanTree } from "../ban/index.ts";
import { CONFIG_FILE, type Config, readConfig } from "../config/index.ts";
import { changedCode, type EvidenceFacts, gatherEvidence } from "../evidence/index.ts";
import { gatherHeartbeat, type HeartbeatFacts, workSpan } from "../heartbeat/index.ts";
import {
  ARCHIVE_FOLDER,
  findRewrites,
  parseRecordPath,
  REDACTIONS_FILE,
  type Rewrite,
} from "../record/index.ts";
import { gatherWitness, type WitnessedFacts } from "../witness/index.ts";
import { type AskedGuards, guardsOf } from "./asked-guards.ts";
import type { PullRequestFacts } from "./pull-request/read-text.ts";
import { isTemplatePath } from "./pull-request/template-paths.ts";
import type { Subject } from "./subject.ts";

/** Longest template that is read. */
const MAX_TEMPLATE = 256 * 1024;

/** Facts that could not be gathered, and why: the guard answers `error`. */
export interface Unknown {
  unknown: string;
  hint: string | undefined;
}

/** All that the judges look at, as plain JSON. */
export interface Facts {
  base: string;
  head: string;
  /** The commit whose rules hold. */
  rules: string;
  headTime: number;
  /** `unfinished`, `missing` and `uncovered` are not judged on a merge. */
  merge: boolean;
  actor: string | null;
  approvals: Subject["approvals"];
  changedPaths: string[];
  changedCode: string[];
  recordsChanged: boolean;
  /** Length of the longest stretch of work in milliseconds. */
  span: number;
  text: PullRequestFacts | null;
  /** Null where the guard was not asked for. */
  evidence: EvidenceFacts | Unknown | null;
  heartbeat: HeartbeatFacts | Unknown | null;
  ban: BanFacts | Unknown | null;
  witness: WitnessedFacts | Unknown | null;
}

export function isUnknown(facts: object): facts is Unknown {
  return "unknown" in facts;
}

/** A broken world makes one guard answer `error`; a wrong question ends the command. */
export async function orUnknown<Known extends object>(gathering: Promise<Known>): Promise<Known | Unknown> {
  try {
    return await gathering;
  } catch (error) {
    if (!isFault(error)) throw error;
    return { unknown: messageOf(error), hint: error.hint };
  }
}

async function readTemplates(tree: Tree): Promise<string[]> {
  const paths = (await tree.list()).map((entry) => entry.path).filter(isTemplatePath);
  const templates: string[] = [];
  for await (const [, found] of tree.read(paths, MAX_TEMPLATE)) {
    if ("content" in found) templates.push(found.content.toString("utf8"));
  }
  return templates;
}

async function readText(subject: Subject, tree: Tree): Promise<PullRequestFacts | null> {
  if (subject.text === null) return null;
  // The Markdown parser is the largest part of a guard, and needed only where there is a text.
  const { readPullRequestText } = await import("./pull-request/read-text.ts");
  return readPullRequestText(subject.text, await readTemplates(tree));
}

/** Any change here concerns the record guards, an archive that goes away as well. */
export function isRecord(path: string): boolean {
  return parseRecordPath(path) !== null || path === REDACTIONS_FILE || path.startsWith(`${ARCHIVE_FOLDER}/`);
}

/** Which packages the changed code imports: asked only where a rule depends on it. */
async function readImports(
  tree: Tree,
  code: readonly string[],
  config: Config,
): Promise<Map<string, string[]>> {
  const asked = Object.keys(config.evidence.requireTools).some((key) => key.startsWith("import:"));
  return asked ? importedPackages(tree, code) : new Map();
}

/** What the guards share, gathered once. */
export interface Ground {
  repository: Repository;
  range: Range;
  config: Config;
  head: Tree;
  code: string[];
  text: PullRequestFacts | null;
  /** Of every commit: what one rewrote and a later one restored is not in the difference of the ends. */
  rewrites: readonly Rewrite[] | Unknown;
  recordsChanged: boolean;
  /** What the head shows about banned packages. */
  scan(): Promise<BanFacts>;
}

/** The search of the head takes longest by far, and needs no more than the rules: it is begun with them. */
async function beginScan(head: Tree, rules: Promise<Config>): Promise<BanFacts> {
  return scanTree(head, await rules);
}

async function readGround(repository: Repository, subject: Subject, asked: AskedGuards): Promise<Ground> {
  const [tip, headId] = await Promise.all([
    subject.base === null ? findDefaultBase(repository) : resolveCommit(repository, subject.base),
    resolveCommit(repository, subject.head),
  ]);
  const head = commitTree(repository, headId);
  const rules = readConfig(commitTree(repository, tip, CONFIG_FILE));
  const scanning = asked === "all" || asked.includes("dev-mcp-ban") ? beginScan(head, rules) : null;
  // Thrown where it is awaited; the range may be refused before.
  scanning?.catch(() => undefined);
  const [range, config, text] = await Promise.all([
    readRange(repository, tip, headId),
    rules,
    readText(subject, commitTree(repository, tip)),
    // Not used here, but it will hold after the merge: a broken one must not get in.
    readConfig(commitTree(repository, headId, CONFIG_FILE)),
  ]);
  const rewrites = await orUnknown(findRewrites(repository, range));
  const rewritten = isUnknown(rewrites) || rewrites.length > 0;
  return {
    repository,
    range,
    config,
    head,
    code: changedCode(range, config),
    text,
    rewrites,
    recordsChanged: rewritten || range.changes.some(({ path }) => isRecord(path)),
    scan: () => scanning ?? scanTree(head, config),
  };
}

async function gatherEvidenceFacts({
  repository,
  range,
  config,
  head,
  code,
  text,
  rewrites,
}: Ground): Promise<EvidenceFacts | Unknown> {
  if (isUnknown(rewrites)) return rewrites;
  const cited = text?.["MCP Evidence"].cited ?? null;
  const imports = readImports(head, code, config);
  return orUnknown(
    imports.then((known) => gatherEvidence(repository, range, config, { cited, imports: known, rewrites })),
  );
}

async function gatherHeartbeatFacts(
  { repository, range, config, head, text, rewrites }: Ground,
  recordTimes: readonly number[],
): Promise<HeartbeatFacts | Unknown> {
  if (isUnknown(rewrites)) return rewrites;
  const cited = text?.Heartbeat.cited ?? null;
  return orUnknown(gatherHeartbeat(repository, range, config, { cited, recordTimes, rewrites, tree: head }));
}

type Wants = (guard: GuardName) => boolean;

function concernsRecords({ code, recordsChanged }: Ground): boolean {
  return code.length > 0 || recordsChanged;
}

/** Evidence before heartbeat: the times of its lines are part of the work that beats must cover. */
async function gatherRecords(
  ground: Ground,
  wants: Wants,
): Promise<Pick<Facts, "evidence" | "heartbeat" | "span">> {
  const applies = concernsRecords(ground);
  const asked = applies && (wants("guard-mcp") || wants("idle-guard"));
  const evidence = asked ? await gatherEvidenceFacts(ground) : null;
  const recordTimes = evidence === null || isUnknown(evidence) ? [] : evidence.recordTimes;
  const heartbeat = applies && wants("idle-guard") ? await gatherHeartbeatFacts(ground, recordTimes) : null;
  return { evidence, heartbeat, span: spanOf(ground.range, heartbeat, recordTimes) };
}

/** The heartbeat's own measure counts beats too; without it, commits and evidence tell. */
function spanOf(
  range: Range,
  heartbeat: HeartbeatFacts | Unknown | null,
  recordTimes: readonly number[],
): number {
  const span = heartbeat === null || isUnknown(heartbeat) ? workSpan(range, recordTimes) : heartbeat.span;
  return span === null ? 0 : span.end - span.start;
}

/** What was gathered on a ground, whoever prepared it. */
export async function gatherOn(
  ground: Ground,
  subject: Pick<Subject, "mergeGroup" | "actor" | "approvals">,
  guards: readonly GuardName[],
): Promise<Facts> {
  const { range } = ground;
  const wants: Wants = (guard) => guards.includes(guard);
  const [ban, witness, records] = await Promise.all([
    wants("dev-mcp-ban") ? orUnknown(ground.scan()) : null,
    wants("witness") && concernsRecords(ground) ? orUnknown(gatherWitness(ground)) : null,
    gatherRecords(ground, wants),
  ]);
  return {
    base: range.base,
    head: range.head.id,
    rules: range.tip,
    headTime: range.head.time,
    merge: subject.mergeGroup || range.head.parents.length > 1,
    actor: subject.actor,
    approvals: subject.approvals,
    changedPaths: range.changes.map(({ path }) => path),
    changedCode: ground.code,
    recordsChanged: ground.recordsChanged,
    text: ground.text,
    ban,
    witness,
    ...records,
  };
}

/**
 * Gathers what the asked guards judge: rules and template from the target's tip, content from the head's objects.
 * @throws Refusal for a wrong question (revision, config), Fault when the range itself cannot be read
 */
export async function gatherFacts(
  repository: Repository,
  subject: Subject,
  asked: AskedGuards,
): Promise<{ facts: Facts; config: Config; guards: readonly GuardName[] }> {
  const ground = await readGround(repository, subject, asked);
  const guards = guardsOf(asked, ground.config);
  return { facts: await gatherOn(ground, subject, guards), config: ground.config, guards };
}
