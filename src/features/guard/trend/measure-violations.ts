import type { Violation } from "../../ban/index.ts";
import { folderOf, type Tally, tally } from "../observe/count-rules.ts";
import { agentsOf } from "./measure-failures.ts";
import type { TrendPull } from "./trend-pull.ts";
import { weekOf } from "./weeks.ts";

/** Where production met banned packages, by the list of today. */
export interface Violations {
  /** Places that pull requests brought. */
  brought: number;
  /** Those of them that are gone from the branch again. */
  mended: number;
  /** Places at the branch's tip. */
  standing: Violation[];
  byPackage: Tally[];
  byFolder: Tally[];
  byAgent: Tally[];
  byWeek: { week: string; brought: number }[];
}

function keyOf({ rule, file, package: name }: Violation): string {
  return `${rule}\0${file}\0${name}`;
}

/** @param standing what the tip of the branch holds */
export function measureViolations(
  pulls: readonly TrendPull[],
  standing: readonly Violation[],
  weeks: readonly string[],
): Violations {
  const brought = pulls.flatMap((trend) =>
    trend.today.violations.filter(({ inherited }) => !inherited).map((violation) => ({ violation, trend })),
  );
  const still = new Set(standing.map(keyOf));
  const weekly = brought.map(({ trend }) => weekOf(trend.pull.end.time));
  return {
    brought: brought.length,
    mended: brought.filter(({ violation }) => !still.has(keyOf(violation))).length,
    standing: [...standing],
    byPackage: tally(brought.map(({ violation }) => violation.package)),
    byFolder: tally(brought.map(({ violation }) => folderOf(violation.file))),
    byAgent: tally(brought.flatMap(({ trend }) => agentsOf(trend))),
    byWeek: weeks.map((week) => ({ week, brought: weekly.filter((each) => each === week).length })),
  };
}
