import {
  commitTree,
  openRepository,
  type Repository,
  resolveCommit,
  workingTree,
} from "../../platform/git/index.ts";
import { type CommandContext, renderTable } from "../../platform/terminal/index.ts";
import { formatDuration } from "../../vocabulary/duration.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { type Finding, type GuardVerdict, gradeFindings, verdictOf } from "../../vocabulary/finding.ts";
import { type Config, readConfig } from "../config/index.ts";
import {
  type ArchivedRecords,
  archivedInCommit,
  archivedOnDisk,
  nameArchives,
  type RecordPath,
  readRedactions,
  shellWord,
} from "../record/index.ts";
import { parseFormat, renderGuard } from "../verdict/index.ts";
import { BeatCollector } from "./beat-collector.ts";
import { capFindings } from "./cap-findings.ts";
import type { BeatFacts } from "./facts.ts";
import { parseHeartbeatPath } from "./heartbeat-path.ts";
import { judgeBeats } from "./judge-beats.ts";
import { listIgnored } from "./list-ignored.ts";
import { heartbeatFiles, readArchivedHeartbeats, readHeartbeats } from "./read-heartbeats.ts";
import { settleFacts } from "./settle-facts.ts";
import { summariseTrends, type Trend } from "./summarise-trends.ts";

export interface VerifyOptions {
  head?: string;
  json?: boolean;
  format: string;
  trends?: boolean;
}

/** What `heartbeat verify` judges: all heartbeat files of a tree. */
interface VerifiedFacts extends BeatFacts {
  files: RecordPath[];
  archived: ArchivedRecords;
  /** On disk, but git-ignored. */
  ignored: string[];
  /** Links where a heartbeat file belongs. */
  links: string[];
}

async function hasCommit(repository: Repository): Promise<boolean> {
  const { status } = await repository.git(["rev-parse", "--verify", "--quiet", "HEAD"], {
    accept: [0, 1, 128],
  });
  return status === 0;
}

async function gather(
  repository: Repository,
  head: string | undefined,
): Promise<{ facts: VerifiedFacts; config: Config }> {
  const commit = head === undefined ? null : await resolveCommit(repository, head);
  const tree = commit === null ? workingTree(repository) : commitTree(repository, commit);
  const config = await readConfig(tree);
  const collector = new BeatCollector(new Set((await readRedactions(tree)).map(({ sha256 }) => sha256)));
  const entries = await tree.list();
  const files = heartbeatFiles(entries);
  const links = entries.filter(({ kind, path }) => kind === "link" && parseHeartbeatPath(path) !== null);
  const archived = commit === null ? archivedOnDisk(repository) : await archivedInCommit(repository, commit);
  await readArchivedHeartbeats(archived, (file) => collector.visit(file));
  await readHeartbeats(tree, files, true, (file) => collector.visit(file));
  const revision = commit ?? ((await hasCommit(repository)) ? "HEAD" : null);
  const facts = await settleFacts(repository, revision === null ? null : [revision], collector);
  const ignored = commit === null ? await listIgnored(repository) : [];
  return {
    facts: {
      ...facts,
      files: [...archived.files, ...files],
      archived,
      ignored,
      links: links.map(({ path }) => path),
    },
    config,
  };
}

function judgeIgnored([first, ...more]: readonly string[]): Finding[] {
  if (first === undefined) return [];
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return [
    {
      rule: "heartbeat/untracked",
      file: first,
      message: `the heartbeat file${others} is git-ignored, so no commit will carry it; it was not judged`,
      hint: "growth-engine init lets git track records; or git add -f the file",
    },
  ];
}

function judgeLinks(links: readonly string[]): Finding[] {
  return links.map((file) => ({
    rule: "heartbeat/bad-path",
    file,
    message: "a link stands where a heartbeat file belongs; it was not read",
    hint: "commit the file itself",
  }));
}

function judgeArchives({ problems }: ArchivedRecords): Finding[] {
  return problems.map(({ archive, message }) => {
    const hint = `git log --oneline -- ${shellWord(archive)} shows who changed it`;
    return { rule: "heartbeat/bad-archive", file: archive, message, hint };
  });
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function conclude(facts: VerifiedFacts, config: Config): GuardVerdict {
  const judged = [
    ...judgeArchives(facts.archived),
    ...nameArchives(judgeBeats(facts, config.heartbeat.staleAfter), facts.files),
    ...judgeIgnored(facts.ignored),
    ...judgeLinks(facts.links),
  ];
  const findings = gradeFindings(capFindings(judged, facts.omitted), config.rules);
  const beats = facts.tasks.reduce((sum, task) => sum + task.beats.length, 0);
  const applies = facts.files.length > 0 || judged.length > 0;
  const agents = new Set(facts.tasks.map(({ agent }) => agent)).size;
  return {
    guard: "idle-guard",
    verdict: applies ? verdictOf(findings) : "not-applicable",
    summary: applies
      ? `${count(beats, "beat")} of ${count(agents, "agent")} on ${count(facts.tasks.length, "task")} in ${count(facts.files.length, "file")}`
      : "there is no heartbeat file",
    findings,
  };
}

/**
 * Checks all heartbeat files of the working tree (`head` undefined) or of a commit, and measures how the agents beat.
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID; Fault
 */
export async function verifyHeartbeatFiles(
  repository: Repository,
  head: string | undefined,
): Promise<{ guard: GuardVerdict; trends: Trend[] }> {
  const { facts, config } = await gather(repository, head);
  return { guard: conclude(facts, config), trends: summariseTrends(facts.tasks) };
}

function renderTrends(trends: readonly Trend[]): string {
  const duration = (interval: number | null) => (interval === null ? "–" : formatDuration(interval));
  const rows = trends.map(
    ({ agent, beats, beatsPerDay, medianInterval, p95Interval, longestSilence, open }) => [
      agent,
      String(beats),
      String(beatsPerDay),
      duration(medianInterval),
      duration(p95Interval),
      longestSilence === null
        ? "–"
        : `${duration(longestSilence.interval)} (${longestSilence.file}:${longestSilence.line})`,
      open.length > 3 ? `${open.slice(0, 3).join(", ")} and ${open.length - 3} more` : open.join(", ") || "–",
    ],
  );
  const header = ["agent", "beats", "per day", "median", "p95", "longest silence", "still doing"];
  return rows.length === 0 ? "" : `\n${renderTable(header, rows)}`;
}

/** `growth-engine heartbeat verify`. */
export async function verifyHeartbeat(options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
  const format = options.json ? "json" : parseFormat(options.format);
  const { guard, trends } = await verifyHeartbeatFiles(await openRepository(context.cwd), options.head);
  if (format === "json" && options.trends) {
    context.out(`${JSON.stringify({ guards: [guard], trends }, null, 2)}\n`);
  } else {
    context.out(renderGuard(guard, format, { colour: context.colour, version: context.version }));
    if (format === "text") context.out(renderTrends(trends));
  }
  return guard.verdict === "fail" ? EXIT.no : EXIT.ok;
}
