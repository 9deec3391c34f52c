import { commitTree, type Range, type Repository } from "../../platform/git/index.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import type { Config } from "../config/index.ts";
import { findRewrites, RECORD_FOLDER, type Rewrite, readRedactions } from "../record/index.ts";
import { brokenFrom } from "./broken-from.ts";
import { CappedFindings } from "./capped-findings.ts";
import { changedCode, isRecord } from "./code-matcher.ts";
import type { Assurance, CitedPath, EvidenceFacts, RewriteFact } from "./evidence-facts.ts";
import { findBadArchives } from "./find-bad-archives.ts";
import { findMisplaced, inspectCited } from "./inspect-cited.ts";
import { type ChainLink, judgeChain, missingLinks } from "./judge-chain.ts";
import { type NewLine, type NewLines, readNewLines } from "./read-new-lines.ts";
import { type GatheredReceipts, gatherReceipts } from "./receipts/gather-receipts.ts";
import { searchHistory, sumOf } from "./search-history.ts";

export interface GatherOptions {
  /** Paths that the pull request text cites; null when no text was given. */
  cited: readonly CitedPath[] | null;
  /** Changed code file → packages that it imports. */
  imports: ReadonlyMap<string, readonly string[]>;
  /** What `findRewrites` answered, when it was asked already. */
  rewrites?: readonly Rewrite[];
}

function sessionOf(agent: string, session: string | null): string {
  return `${agent}\0${session}`;
}

/** The lines of each session that the range continues, those of the base first. */
function sessionsOf({ lines, earlier }: NewLines): Map<string, ChainLink[]> {
  const sessions = new Map<string, ChainLink[]>();
  for (const { file, session } of lines) {
    if (session !== null) sessions.set(sessionOf(file.agent, session), []);
  }
  for (const { file, text, session, prev } of earlier) {
    const known = { file: file.path, line: 0, sum: sumOf(text), prev, order: 0, known: true };
    sessions.get(sessionOf(file.agent, session))?.push(known);
  }
  for (const { file, line, text, session, prev, order } of lines) {
    const link = { file: file.path, line, sum: sumOf(text), prev, order };
    sessions.get(sessionOf(file.agent, session))?.push(link);
  }
  return sessions;
}

/** Findings, and of each session from which `seq` on its chain is not whole: none of these lines is `recorded`. */
async function findBrokenChains(
  repository: Repository,
  range: Range,
  found: NewLines,
  redacted: ReadonlySet<string>,
): Promise<{ findings: Finding[]; broken: ReadonlyMap<string, number> }> {
  const named = [...sessionsOf(found)];
  const sessions = named.map(([, links]) => links);
  const wanted = sessions.flatMap((links) => missingLinks(links, redacted));
  const agents = [...new Set(found.lines.map(({ file }) => file.agent))];
  const inHistory = await searchHistory(repository, [range.head.id, range.tip], agents, wanted);
  const gone = { redacted, inHistory };
  return {
    findings: sessions.flatMap((links) => judgeChain(links, gone)),
    broken: new Map(named.map(([session, links]) => [session, brokenFrom(links, gone)])),
  };
}

/** The later of two lines of one agent with the same id, where the later one is new. */
function findRepeatedIds({ lines, earlier }: NewLines): Finding[] {
  const places = new Map<string, string>();
  for (const { file, id, kind } of earlier) places.set(`${file.agent}\0${kind}\0${id}`, file.path);
  return lines.flatMap(({ file, line, id, kind }) => {
    const key = `${file.agent}\0${kind}\0${id}`;
    const place = id === null ? undefined : places.get(key);
    if (!places.has(key)) places.set(key, `${file.path}:${line}`);
    if (place === undefined || id === null) return [];
    const message = `request_id ${JSON.stringify(id.slice(0, 80))} stands in ${place} already`;
    return [{ rule: "evidence/duplicate-request-id", message, file: file.path, line } as const];
  });
}

/** A level holds what those below it hold: what was received counts as such only when its chain is whole. */
function countAssurance(
  lines: readonly NewLine[],
  broken: ReadonlyMap<string, number>,
  { isReceived }: GatheredReceipts,
): Assurance {
  const assurance = { claimed: 0, recorded: 0, receipted: 0 };
  for (const line of lines) {
    const from = broken.get(sessionOf(line.file.agent, line.session)) ?? 0;
    const isChained = line.assurance !== "claimed" && line.order < from;
    assurance[isChained ? (isReceived(line) ? "receipted" : "recorded") : "claimed"] += 1;
  }
  return assurance;
}

function rewriteFacts(rewrites: readonly Rewrite[]): RewriteFact[] {
  return rewrites
    .filter(({ file }) => file.kind === "evidence" || file.kind === "receipt")
    .map(({ file, ...rest }) => ({ ...rest, file: file.path }));
}

/** Reads what a range says about evidence: git objects only, and for cited files whether they lie on disk. */
export async function gatherEvidence(
  repository: Repository,
  range: Range,
  config: Config,
  { cited, imports, rewrites }: GatherOptions,
): Promise<EvidenceFacts> {
  const head = commitTree(repository, range.head.id, RECORD_FOLDER);
  // Only lines that the range brought ask whether they are redacted.
  const redactions = range.changes.some(({ path }) => isRecord(path)) ? await readRedactions(head) : [];
  const redacted = new Set(redactions.map(({ sha256 }) => sha256));
  const found = await readNewLines(repository, range, config, redacted);
  const chains = await findBrokenChains(repository, range, found, redacted);
  const valid = found.lines.filter((line) => line.valid);
  const consulted = valid.filter(({ consults }) => consults);
  const lineFindings = new CappedFindings();
  for (const { findings } of found.lines) lineFindings.addAll(findings);
  lineFindings.addAll([...findRepeatedIds(found), ...chains.findings]);
  lineFindings.addAll(await findBadArchives(repository, range));
  const receipts = await gatherReceipts(repository, range, config, { lines: valid, redacted });
  lineFindings.addAll(receipts.findings);
  return {
    changedCode: changedCode(range, config),
    changedPaths: range.changes.map(({ path }) => path).filter((path) => !isRecord(path)),
    imports: Object.fromEntries([...imports].map(([path, packages]) => [path, [...packages]])),
    files: found.files,
    newLines: consulted.length,
    copiedLines: found.copied,
    misplaced: findMisplaced(range),
    recordTimes: valid.map(({ instant }) => instant).sort((a, b) => a - b),
    tools: [...new Set(consulted.map(({ tool }) => tool))].sort(),
    assurance: countAssurance(consulted, chains.broken, receipts),
    lineFindings: [...found.problems, ...lineFindings.all()],
    rewrites: rewriteFacts(rewrites ?? (await findRewrites(repository, range))),
    cited: cited === null ? null : await inspectCited(repository, head, cited, found.files),
  };
}
