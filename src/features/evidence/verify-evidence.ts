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
import { archivedInCommit, archivedOnDisk, readRedactions } from "../record/index.ts";
import { parseFormat, renderGuard } from "../verdict/index.ts";
import { committedEvidence } from "./committed-evidence.ts";
import { couldHoldEvidence, type EvidenceSource } from "./evidence-source.ts";
import { findIgnored } from "./find-ignored.ts";
import { fromTop } from "./from-top.ts";
import { whyBadPath } from "./inspect-cited.ts";
import { searchHistory } from "./search-history.ts";
import { verifyLines } from "./verify-lines.ts";
import { withArchives } from "./with-archives.ts";
import { workingEvidence } from "./working-evidence.ts";

export interface VerifyOptions {
  head?: string;
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

/**
 * Checks all evidence files of the working tree (`head` undefined) or of a commit, or those below the asked paths.
 * @param words paths as `cwd` sees them; none asks for all
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID, INPUT_INVALID for a path outside of the repository; Fault
 */
export async function verifyEvidenceFiles(
  repository: Repository,
  head: string | undefined,
  words: readonly string[],
  cwd: string,
): Promise<GuardVerdict> {
  const commit = head === undefined ? null : await resolveCommit(repository, head);
  const asked = fromTop(repository, words, cwd);
  const tree = commit === null ? workingTree(repository) : commitTree(repository, commit);
  const config = await readConfig(tree);
  const source =
    commit === null
      ? withArchives(
          workingEvidence(repository.worktree ?? repository.folder, asked),
          archivedOnDisk(repository),
          {
            asked,
          },
        )
      : withArchives(
          await committedEvidence(repository, commit, asked),
          await archivedInCommit(repository, commit),
          { asked },
        );
  const { findings, lines } = await verifyLines(source, {
    tools: config.evidence.tools,
    redacted: new Set((await readRedactions(tree)).map(({ sha256 }) => sha256)),
    searchHistory: async (agents, wanted) =>
      searchHistory(repository, await startsOfHistory(repository, commit), agents, wanted),
  });
  const about = commit === null ? await judgeIgnored(repository, source) : [];
  const paths = judgeAsked(asked, source, commit === null ? repository.worktree : null);
  const graded = gradeFindings([...findings, ...about, ...paths], config.rules);
  const nothing = source.files.length === 0 && graded.length === 0;
  return {
    guard: "guard-mcp",
    verdict: nothing ? "not-applicable" : verdictOf(graded),
    summary: nothing
      ? `${tree.name} holds no evidence file`
      : `${count(lines, "line")} in ${count(source.files.length, "evidence file")} of ${tree.name}`,
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
  const guard = await verifyEvidenceFiles(repository, options.head, words, context.cwd);
  context.out(renderGuard(guard, format, { colour: context.colour, version: context.version }));
  return guard.verdict === "fail" ? EXIT.no : EXIT.ok;
}
