import type { Level } from "../../../vocabulary/level.ts";
import { RULE_NAMES, type RuleName } from "../../../vocabulary/rules/index.ts";
import type { Config } from "../../config/index.ts";
import { levelOf, type PastFinding, type PastJudgement } from "../history/past-judgement.ts";
import type { LinePull } from "../history/split-pulls.ts";

/** A past pull request with what the guards say of it. */
export interface JudgedPull {
  pull: LinePull;
  judgement: PastJudgement;
}

/** A name, and how often it was met. */
export interface Tally {
  name: string;
  count: number;
}

/** What one rule would have done to past pull requests, were it at `block`. */
export interface RuleCost {
  rule: RuleName;
  /** Under today's config. */
  level: Level;
  /** Pull requests that it would have blocked. */
  pulls: number;
  /** Those of them that brought what it blocks themselves; the others only found it on the branch. */
  own: number;
  /** Pull requests of the newest quarter that it would have blocked, and how many there are. */
  recent: { pulls: number; of: number };
  /** Findings in all of them, also such as only warn. */
  findings: number;
  example: { sha: string; subject: string; author: string; message: string; file: string | null } | null;
  authors: Tally[];
  folders: Tally[];
}

/** Most often first, then by name. */
export function tally(names: readonly string[]): Tally[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** The first two folders of a path; `.` for a file at the top. */
export function folderOf(file: string): string {
  const folders = file.split("/").slice(0, -1);
  return folders.length === 0 ? "." : folders.slice(0, 2).join("/");
}

interface Hit extends JudgedPull {
  findings: PastFinding[];
  blocking: PastFinding[];
}

function exampleOf(hits: readonly Hit[]): RuleCost["example"] {
  const hit = hits.findLast(({ blocking }) => blocking.some(({ inherited }) => !inherited)) ?? hits.at(-1);
  const finding = hit?.blocking.find(({ inherited }) => !inherited) ?? hit?.blocking[0] ?? hit?.findings[0];
  if (hit === undefined || finding === undefined) return null;
  const { end, title, author } = hit.pull;
  return { sha: end.id, subject: title, author, message: finding.message, file: finding.file };
}

function foldersOf({ findings, pull: _, judgement: __ }: Hit): string[] {
  return [...new Set(findings.flatMap(({ file }) => (file === null ? [] : [folderOf(file)])))];
}

function costOf(rule: RuleName, judged: readonly JudgedPull[], rules: Config["rules"]): RuleCost {
  const all = judged.flatMap((each): Hit[] => {
    const findings = each.judgement.findings.filter((finding) => finding.rule === rule);
    return findings.length === 0
      ? []
      : [{ ...each, findings, blocking: findings.filter(({ mayBlock }) => mayBlock) }];
  });
  const hits = all.filter(({ blocking }) => blocking.length > 0);
  const newest = new Set(judged.slice(Math.floor((judged.length * 3) / 4)).map(({ pull }) => pull));
  return {
    rule,
    level: levelOf(rule, rules),
    pulls: hits.length,
    own: hits.filter(({ blocking }) => blocking.some(({ inherited }) => !inherited)).length,
    recent: { pulls: hits.filter(({ pull }) => newest.has(pull)).length, of: newest.size },
    findings: all.reduce((sum, { findings }) => sum + findings.length, 0),
    example: exampleOf(hits.length > 0 ? hits : all),
    authors: tally(hits.map(({ pull }) => pull.author)),
    folders: tally(hits.flatMap(foldersOf)),
  };
}

/**
 * What each rule that spoke would have blocked, most first.
 * @param judged oldest first, all of which could be judged
 */
export function countRules(judged: readonly JudgedPull[], rules: Config["rules"]): RuleCost[] {
  return RULE_NAMES.map((rule) => costOf(rule, judged, rules))
    .filter(({ findings }) => findings > 0)
    .sort((a, b) => b.pulls - a.pulls || b.findings - a.findings || (a.rule < b.rule ? -1 : 1));
}
