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
import { findRewrites, parseRecordPath, REDACTIONS_FILE, type Rewrite } from "../record/index.ts";
import { type PullRequestFacts, readPullRequestText } from "./pull-request/read-text.ts";
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
}

export function isUnknown(facts: object): facts is Unknown {
  return "unknown" in facts;
}

/** A broken world makes one guard answer `error`; a wrong question ends the command. */
async function orUnknown<Known extends object>(gathering: Promise<Known>): Promise<Known | Unknown> {
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
  return subject.text === null ? null : readPullRequestText(subject.text, await readTemplates(tree));
}

function isRecord(path: string): boolean {
  return parseRecordPath(path) !== null || path === REDACTIONS_FILE;
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
  range: Range;
  config: Config;
}

async function readGround(repository: Repository, subject: Subject): Promise<Ground> {
  const [tip, head] = await Promise.all([
    subject.base === null ? findDefaultBase(repository) : resolveCommit(repository, subject.base),
    resolveCommit(repository, subject.head),
  ]);
  const [range, config] = await Promise.all([
    readRange(repository, tip, head),
    readConfig(commitTree(repository, tip, CONFIG_FILE)),
    // Not used here, but it will hold after the merge: a broken one must not get in.
    readConfig(commitTree(repository, head, CONFIG_FILE)),
  ]);
  return { range, config };
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

/**
 * Gathers what the asked guards judge: rules and template from the target's tip, content from the head's objects.
 * @throws Refusal for a wrong question (revision, config), Fault when the range itself cannot be read
 */
export async function gatherFacts(
  repository: Repository,
  subject: Subject,
  guards: readonly GuardName[],
): Promise<{ facts: Facts; config: Config }> {
  const { range, config } = await readGround(repository, subject);
  const tree = commitTree(repository, range.head.id);
  const code = changedCode(range, config);
  const recordsChanged = range.changes.some(({ path }) => isRecord(path));
  const applies = code.length > 0 || recordsChanged;
  const wants = (guard: GuardName) => guards.includes(guard);
  const ban = wants("dev-mcp-ban") ? orUnknown(scanTree(tree, config)) : null;
  const text = await readText(subject, commitTree(repository, range.tip));
  const rewrites: Promise<Rewrite[]> = applies ? findRewrites(repository, range) : Promise.resolve([]);
  const cited = (section: "MCP Evidence" | "Heartbeat") => text?.[section].cited ?? null;
  const recordGuards = wants("guard-mcp") || wants("idle-guard");
  const evidence =
    applies && recordGuards
      ? await orUnknown(
          readImports(tree, code, config).then(async (imports) =>
            gatherEvidence(repository, range, config, {
              cited: cited("MCP Evidence"),
              imports,
              rewrites: await rewrites,
            }),
          ),
        )
      : null;
  const recordTimes = evidence === null || isUnknown(evidence) ? [] : evidence.recordTimes;
  const heartbeat =
    applies && wants("idle-guard")
      ? await orUnknown(
          rewrites.then((found) =>
            gatherHeartbeat(repository, range, config, {
              cited: cited("Heartbeat"),
              recordTimes,
              rewrites: found,
              tree,
            }),
          ),
        )
      : null;
  const facts: Facts = {
    base: range.base,
    head: range.head.id,
    rules: range.tip,
    headTime: range.head.time,
    merge: subject.mergeGroup || range.head.parents.length > 1,
    actor: subject.actor,
    approvals: subject.approvals,
    changedPaths: range.changes.map(({ path }) => path),
    changedCode: code,
    recordsChanged,
    span: spanOf(range, heartbeat, recordTimes),
    text,
    evidence: wants("guard-mcp") ? evidence : null,
    heartbeat,
    ban: ban === null ? null : await ban,
  };
  return { facts, config };
}
