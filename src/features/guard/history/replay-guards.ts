import { isRefusal, messageOf } from "../../../platform/errors/index.ts";
import {
  comparePairs,
  type PastTrees,
  pastTrees,
  type Range,
  type Repository,
  sharedGitDirectory,
} from "../../../platform/git/index.ts";
import { type CommandContext, showProgress } from "../../../platform/terminal/index.ts";
import { COMMON_GUARDS, type GuardName } from "../../../vocabulary/finding.ts";
import {
  type BanFacts,
  firstLook,
  judgeBan,
  listViolations,
  nothingMentioned,
  scanTree,
} from "../../ban/index.ts";
import type { Config } from "../../config/index.ts";
import { type CommitWork, changedCode, measureCoverage, readWork } from "../../evidence/index.ts";
import { findRewrites, parseRecordPath, RECORD_FOLDER } from "../../record/index.ts";
import { type AskedGuards, guardsOf } from "../asked-guards.ts";
import { type Facts, type Ground, gatherOn, isRecord, isUnknown, orUnknown } from "../gather-facts.ts";
import { judgeGuards } from "../judge-guards.ts";
import { Mentions } from "./mentions.ts";
import { cacheKey, openPastCache, type PastCache } from "./past-cache.ts";
import { type PastJudgement, strict, toPastFindings } from "./past-judgement.ts";
import type { LineStep } from "./read-history.ts";

/** A past range, and the config by which it is judged. */
export interface Replay {
  range: Range;
  config: Config;
}

/** git does most of the work, in processes of its own. */
const AT_ONCE = 3;
const NOBODY = { mergeGroup: false, actor: null, approvals: [] };

function keyOfFinding({
  rule,
  file,
  message,
}: {
  rule: string;
  file?: string | undefined;
  message: string;
}): string {
  return `${rule}\0${file ?? ""}\0${message}`;
}

function keyOfViolation({
  rule,
  file,
  package: name,
}: {
  rule: string;
  file: string;
  package: string;
}): string {
  return `${rule}\0${file}\0${name}`;
}

/** All of a config that decides what is found; the levels are given afterwards. */
function sumOfConfig(
  { rules: _, server: __, given: ___, ...rest }: Config,
  guards: readonly GuardName[],
): string {
  return cacheKey(JSON.stringify([rest, guards]));
}

/** Reports are about the common guards always; about `witness` where the config or the question names it. */
function replayed(asked: AskedGuards, config: Config): readonly GuardName[] {
  const isNamed = asked !== "all" && asked.includes("witness");
  return isNamed ? [...COMMON_GUARDS, "witness"] : guardsOf("all", config);
}

/** What is known of all commits under one config. */
class Under {
  readonly config: Config;
  readonly mentions: Mentions | null;
  readonly work: ReadonlyMap<string, CommitWork>;
  readonly guards: readonly GuardName[];
  readonly #trees: PastTrees;
  readonly #scans = new Map<string, Promise<BanFacts>>();

  constructor(
    trees: PastTrees,
    { config, guards }: Pick<Asked, "config" | "guards">,
    mentions: Mentions | null,
    work: readonly CommitWork[],
  ) {
    this.#trees = trees;
    this.config = strict(config);
    this.guards = guards;
    this.mentions = mentions;
    this.work = new Map(work.map((each) => [each.commit, each]));
  }

  /** What a commit shows about banned packages; `from` and `changes` say how it differs from a commit that is known. */
  scan(commit: string, from: string, changes: Range["changes"]): Promise<BanFacts> {
    const known = this.#scans.get(commit);
    if (known !== undefined) return known;
    const scanning = this.#scan(commit, from, changes);
    this.#scans.set(commit, scanning);
    return scanning;
  }

  async #scan(commit: string, from: string, changes: Range["changes"]): Promise<BanFacts> {
    if (this.mentions === null) return scanTree(this.#trees.at(commit), this.config);
    const tree = await this.mentions.treeOf(commit, from, changes);
    return tree === null ? nothingMentioned(commit) : scanTree(tree, this.config);
  }
}

/** Judges many ranges of one history, each once, from git objects alone. */
class Replayer {
  readonly #repository: Repository;
  readonly #trees: PastTrees;
  readonly #recording: ReadonlySet<string>;

  constructor(repository: Repository, trees: PastTrees, recording: ReadonlySet<string>) {
    this.#repository = repository;
    this.#trees = trees;
    this.#recording = recording;
  }

  async judge(range: Range, under: Under): Promise<PastJudgement> {
    const work = range.commits.flatMap(({ id }) => under.work.get(id) ?? []);
    const { changed, covered } = measureCoverage(work);
    const agents = new Set(range.changes.flatMap(({ path }) => parseRecordPath(path)?.agent ?? []));
    const shared = { agents: [...agents].sort(), coverage: { changed, covered } };
    try {
      return { ...(await this.#judge(range, under)), ...shared };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { applied: [], error: messageOf(error), findings: [], omitted: 0, violations: [], ...shared };
    }
  }

  async #judge(range: Range, under: Under): Promise<Omit<PastJudgement, "agents" | "coverage">> {
    const { config } = under;
    const facts = await gatherOn(await this.#ground(range, under), NOBODY, under.guards);
    const { guards } = judgeGuards(facts, config, under.guards);
    const before = await this.#before(facts, range, under);
    const stood = new Set(judgeBan(before).map(keyOfFinding));
    const violated = new Set(listViolations(before).map(keyOfViolation));
    return {
      ...toPastFindings(guards, (finding) => stood.has(keyOfFinding(finding))),
      violations: violationsOf(facts).map((each) => ({
        ...each,
        inherited: violated.has(keyOfViolation(each)),
      })),
    };
  }

  /** What the branch held before: asked only where the head holds something. */
  async #before({ ban }: Facts, { tip }: Range, under: Under): Promise<BanFacts> {
    const clean = ban === null || isUnknown(ban) || judgeBan(ban).length === 0;
    return clean ? nothingMentioned(tip) : under.scan(tip, tip, []);
  }

  async #ground(range: Range, under: Under): Promise<Ground> {
    const records = range.commits.some(({ id }) => this.#recording.has(id));
    const rewrites = records ? await orUnknown(findRewrites(this.#repository, range)) : [];
    const rewritten = isUnknown(rewrites) || rewrites.length > 0;
    return {
      repository: this.#repository,
      range,
      config: under.config,
      head: this.#trees.at(range.head.id),
      code: changedCode(range, under.config),
      text: null,
      rewrites,
      recordsChanged: rewritten || range.changes.some(({ path }) => isRecord(path)),
      scan: () => under.scan(range.head.id, range.base, range.changes),
    };
  }
}

function violationsOf({ ban }: Facts) {
  return ban === null || isUnknown(ban) ? [] : listViolations(ban);
}

/** The commits that changed something below the record folder, through one git process. */
async function findRecording(repository: Repository, replays: readonly Replay[]): Promise<Set<string>> {
  const commits = new Map(replays.flatMap(({ range }) => range.commits.map((commit) => [commit.id, commit])));
  const pairs = [...commits.values()].flatMap((commit) =>
    commit.parents.map((parent) => ({ commit, parent })),
  );
  const found = await comparePairs(repository, pairs, RECORD_FOLDER);
  return new Set(found.map(({ commit }) => commit.id));
}

/** What all ranges under one config have in common, found out for all of them at once. */
async function prepareUnder(
  repository: Repository,
  trees: PastTrees,
  replays: readonly Asked[],
  steps: readonly LineStep[],
): Promise<Under | null> {
  const [first] = replays;
  if (first === undefined) return null;
  const { config } = first;
  const look = firstLook(config);
  const mentions = look === null ? null : new Mentions(trees, look);
  await mentions?.follow(
    steps,
    replays.map(({ range }) => range.changes),
  );
  const commits = new Map(replays.flatMap(({ range }) => range.commits.map((commit) => [commit.id, commit])));
  return new Under(trees, first, mentions, await readWork(repository, [...commits.values()], config));
}

/** Runs so many at once that git and this process both have work. */
async function eachOf<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items].reverse();
  const worker = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

interface Asked extends Replay {
  guards: readonly GuardName[];
  key: string;
  sum: string;
}

async function replayFresh(
  repository: Repository,
  asked: readonly Asked[],
  steps: readonly LineStep[],
  context: CommandContext,
  cache: PastCache,
): Promise<Map<string, PastJudgement>> {
  const found = new Map<string, PastJudgement>();
  if (asked.length === 0) return found;
  const trees = pastTrees(repository);
  const replayer = new Replayer(repository, trees, await findRecording(repository, asked));
  const progress = showProgress(context, "judging past pull requests", asked.length);
  for (const sum of new Set(asked.map((each) => each.sum))) {
    const those = asked.filter((each) => each.sum === sum);
    const under = await prepareUnder(repository, trees, those, steps);
    if (under === null) continue;
    await eachOf(those, async ({ key, range }) => {
      const judgement = await replayer.judge(range, under);
      found.set(key, judgement);
      // What could not be told may be told another time.
      if (judgement.error === null) cache.set(key, judgement);
      progress.step();
    });
  }
  progress.end();
  return found;
}

/**
 * Judges past ranges by the given configs, without a pull request text. What an earlier run judged is recalled from
 * the git directory; it serves reports only, never a verdict.
 * @returns in the order asked
 */
export async function replayGuards(
  repository: Repository,
  replays: readonly Replay[],
  steps: readonly LineStep[],
  context: CommandContext,
  guards: AskedGuards = "all",
): Promise<PastJudgement[]> {
  const cache = openPastCache(sharedGitDirectory(repository));
  const sums = new Map<Config, string>();
  const sumOf = (config: Config) =>
    sums.get(config) ?? sums.set(config, sumOfConfig(config, replayed(guards, config))).get(config) ?? "";
  const asked = replays.map(({ range, config }): Asked => {
    const sum = sumOf(config);
    return {
      range,
      config,
      guards: replayed(guards, config),
      sum,
      key: cacheKey(context.version, range.tip, range.base, range.head.id, sum),
    };
  });
  const recalled = new Map(asked.map(({ key }) => [key, cache.get(key)]));
  const missing = new Map(asked.filter(({ key }) => !recalled.get(key)).map((each) => [each.key, each]));
  const fresh = await replayFresh(repository, [...missing.values()], steps, context, cache);
  cache.save();
  return asked.flatMap(({ key }) => fresh.get(key) ?? recalled.get(key) ?? []);
}
