import { GUARDS, type GuardName } from "../../../vocabulary/finding.ts";
import { blockedAtMerge, type TrendPull } from "./trend-pull.ts";
import { weekOf } from "./weeks.ts";

/** How many were judged, and how many of them passed. */
export interface Rate {
  judged: number;
  passed: number;
}

export interface Week extends Rate {
  week: string;
  /** Changed code files of the week's pull requests, and those with evidence. */
  coverage: { changed: number; covered: number };
  /** Pull requests that changed the config: from here on other rules may hold. */
  configChanges: { sha: string; subject: string }[];
}

export interface Compliance extends Rate {
  byGuard: Record<GuardName, Rate>;
  weeks: Week[];
}

const CONFIG_PATH = "growth-engine.json";

function rateOf(pulls: readonly TrendPull[]): Rate {
  return { judged: pulls.length, passed: pulls.filter((pull) => blockedAtMerge(pull).length === 0).length };
}

function rateOfGuard(guard: GuardName, pulls: readonly TrendPull[]): Rate {
  const applied = pulls.filter(({ grown }) => grown.at(-1)?.judgement.applied.includes(guard));
  const failed = applied.filter((pull) => blockedAtMerge(pull).some((finding) => finding.guard === guard));
  return { judged: applied.length, passed: applied.length - failed.length };
}

function measureWeek(week: string, pulls: readonly TrendPull[]): Week {
  const sum = (count: (pull: TrendPull) => number) => pulls.reduce((total, pull) => total + count(pull), 0);
  return {
    week,
    ...rateOf(pulls),
    coverage: {
      changed: sum(({ today }) => today.coverage.changed),
      covered: sum(({ today }) => today.coverage.covered),
    },
    configChanges: pulls
      .filter(({ paths }) => paths.includes(CONFIG_PATH))
      .map(({ pull }) => ({ sha: pull.end.id, subject: pull.title })),
  };
}

/** Shares of pull requests that passed as they were merged, by the rules that held at their base. */
export function measureCompliance(pulls: readonly TrendPull[], weeks: readonly string[]): Compliance {
  const byGuard = Object.fromEntries(GUARDS.map((guard) => [guard, rateOfGuard(guard, pulls)]));
  return {
    ...rateOf(pulls),
    byGuard: byGuard as Compliance["byGuard"],
    weeks: weeks.map((week) =>
      measureWeek(
        week,
        pulls.filter(({ pull }) => weekOf(pull.end.time) === week),
      ),
    ),
  };
}
