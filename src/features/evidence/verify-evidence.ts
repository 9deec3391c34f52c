import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  commitTree,
  openRepository,
  type Repository,
  resolveCommit,
  workingTree,
} from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { type Finding, type GuardVerdict, gradeFindings, verdictOf } from "../../vocabulary/finding.ts";
import { readConfig } from "../config/index.ts";
import { keysOfConfig, keysOfWords, type VerifierKey } from "../receipt/index.ts";
import { archivedInCommit, archivedOnDisk, readRedactions } from "../record/index.ts";
import { parseFormat, renderGuard } from "../verdict/index.ts";
import { committedEvidence } from "./committed-evidence.ts";
import { couldHoldEvidence, type EvidenceSource } from "./evidence-source.ts";
import { findIgnored } from "./find-ignored.ts";
import { fromTop } from "./from-top.ts";
import { whyBadPath } from "./inspect-cited.ts";
import { type VerifiedReceipts, verifyReceipts } from "./receipts/verify-receipts.ts";
import { searchHistory } from "./search-history.ts";
import { verifyLines } from "./verify-lines.ts";
import { withArchives } from "./with-archives.ts";
import { workingEvidence } from "./working-evidence.ts";

export interface VerifyOptions {
  head?: string;
  key?: string[];
  repository?: string[];
  json?: boolean;
  format: string;
}

/** Asked paths that the source has nothing for. */
function judgeAsked(asked: readonly string[], source: EvidenceSource, root: string | null): Finding[] {
  const seen = [
    ...source.files.flatMap(({ path, archive = path }) => [path, archive]),
    ...source.findings.map(({ file }) => file ?? ""),
  ];
  return asked
    .filter((path) => path !== "" && !seen.some((file) => `${file}/`.startsWith(`${path}/`)))
    .map((path): Finding => {
      const reason = whyBadPath(path);
      if (reason !== null && !couldHoldEvidence(path)) {
        const message = `${JSON.stringify(path)} is no evidence file: ${reason}; it was not read`;
        return { rule: "evidence/bad-path", message };
      }
      const there = root !== null && reason !== null && existsSync(resolve(root, path));
      return {
        rule: "evidence/not-found",
        message: there ? `${path} holds no evidence file` : `${path} does not exist`,
      };
    });
}

async function judgeIgnored(repository: Repository, { files }: EvidenceSource): Promise<Finding[]> {
  const onDisk = new Set(files.map(({ path, archive = path }) => archive));
  const ignored = await findIgnored(repository, [...onDisk]);
  return [...ignored].map(([file, rule]) => ({
    rule: "evidence/untracked",
    message: `git ignores this file (${rule}), so no commit will carry it`,
    file,
    hint: "growth-engine init lets git track records; or git add -f the file",
  }));
}

/** Besides all branches. An unborn one has no history. */
async function startsOfHistory(repository: Repository, commit: string | null): Promise<string[]> {
  if (commit !== null) return [commit];
  const asked = ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"];
  return (await repository.git(asked, { accept: [0, 1, 128] })).status === 0 ? ["HEAD"] : [];
}

/** Groups of three digits; the locales, which know that too, take 20 ms to load. */
function count(number: number, one: string): string {
  const digits = String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${digits} ${one}${number === 1 ? "" : "s"}`;
}

/** What a reader is to know of receipts: how many lines they prove, and what nobody said. */
function sayReceipts(receipts: VerifiedReceipts | null, repositories: readonly string[] | null): string {
  if (receipts === null) return "";
  const proven = `; receipts prove ${count(receipts.lines, "line")}`;
  const of = receipts.repositories.map((name) => JSON.stringify(name.slice(0, 80))).join(", ");
  return repositories === null && of !== ""
    ? `${proven} of ${of} (nobody said that this is it: --repository)`
    : proven;
}

/**
 * Checks all evidence files of the working tree (`head` undefined) or of a commit, or those below the asked paths.
 * @param words paths as `cwd` sees them; none asks for all
 * @param given keys and names of the repository that receipts are held against; those of the config where none are
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID, INPUT_INVALID for a path outside of the repository; Fault
 */
export async function verifyEvidenceFiles(
  repository: Repository,
  head: string | undefined,
  words: readonly string[],
  cwd: string,
  given: { keys?: readonly VerifierKey[]; repositories?: readonly string[] } = {},
): Promise<GuardVerdict> {
  const commit = head === undefined ? null : await resolveCommit(repository, head);
  const asked = fromTop(repository, words, cwd);
  const tree = commit === null ? workingTree(repository) : commitTree(repository, commit);
  const config = await readConfig(tree);
  const archived = commit === null ? archivedOnDisk(repository) : await archivedInCommit(repository, commit);
  const plain =
    commit === null
      ? workingEvidence(repository.worktree ?? repository.folder, asked)
      : await committedEvidence(repository, commit, asked);
  const source = withArchives(plain, archived, { asked });
  const redacted = new Set((await readRedactions(tree)).map(({ sha256 }) => sha256));
  const { findings, lines } = await verifyLines(source, {
    tools: config.evidence.tools,
    redacted,
    searchHistory: async (agents, wanted) =>
      searchHistory(repository, await startsOfHistory(repository, commit), agents, wanted),
  });
  const keys = given.keys ?? keysOfConfig(config.receipts.keys);
  const named = given.repositories ?? config.receipts.repositories;
  const repositories = named.length === 0 ? null : named;
  const checks = { keys, repositories, commit, asked, archived, redacted };
  const receipts = keys.length === 0 ? null : await verifyReceipts(repository, source, checks);
  const about = commit === null ? await judgeIgnored(repository, source) : [];
  const paths = judgeAsked(asked, source, commit === null ? repository.worktree : null);
  const graded = gradeFindings(
    [...findings, ...(receipts?.findings ?? []), ...about, ...paths],
    config.rules,
  );
  const nothing = source.files.length === 0 && graded.length === 0;
  return {
    guard: "guard-mcp",
    verdict: nothing ? "not-applicable" : verdictOf(graded),
    summary: nothing
      ? `${tree.name} holds no evidence file`
      : `${count(lines, "line")} in ${count(source.files.length, "evidence file")} of ${tree.name}${sayReceipts(receipts, repositories)}`,
    findings: graded,
  };
}

/** `growth-engine evidence verify`. */
export async function verifyEvidence(
  words: readonly string[],
  options: VerifyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const format = options.json ? "json" : parseFormat(options.format);
  const repository = await openRepository(context.cwd);
  const guard = await verifyEvidenceFiles(repository, options.head, words, context.cwd, {
    ...(options.key === undefined ? {} : { keys: keysOfWords(options.key) }),
    ...(options.repository === undefined ? {} : { repositories: options.repository }),
  });
  context.out(renderGuard(guard, format, { colour: context.colour, version: context.version }));
  return guard.verdict === "fail" ? EXIT.no : EXIT.ok;
}
