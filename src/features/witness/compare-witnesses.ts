import { watchesOf } from "./compare/find-absences.ts";
import { findDifferences } from "./compare/find-differences.ts";
import { matchCalls, type SeenCall, witnessesOf } from "./compare/match-calls.ts";
import { Consulted } from "./documentation/consulted.ts";
import { type CodeChange, seeFiles } from "./see-files.ts";
import { type SeenLine, WITNESSES } from "./seen-line.ts";
import type { FileSeen, PackageSeen, WitnessFacts, WitnessTold } from "./witness-facts.ts";

/** What is compared, and how. */
export interface Compared {
  lines: readonly SeenLine[];
  code: readonly CodeChange[];
  /** Milliseconds. */
  window: number;
  /** `witness.documentation` of the config. */
  documentation: Readonly<Record<string, readonly string[]>>;
}

function told(
  lines: readonly SeenLine[],
  calls: readonly SeenCall[],
  files: readonly FileSeen[],
): WitnessTold[] {
  const seen = calls.map(witnessesOf);
  return WITNESSES.map((witness) => ({
    witness,
    lines: lines.filter((line) => line.witness === witness).length,
    calls: seen.filter((each) => each.includes(witness)).length,
    alone: seen.filter((each) => each.length === 1 && each[0] === witness).length,
    files: files.filter(({ seenBy }) => seenBy.includes(witness)).length,
  })).filter((row) => row.lines > 0);
}

/** The same call is told by several witnesses: of each package it counts once. */
function seePackages(
  code: readonly CodeChange[],
  consulted: Consulted,
  calls: readonly SeenCall[],
): PackageSeen[] {
  const callOf = new Map(calls.flatMap((call) => call.lines.map((line) => [line, call] as const)));
  const files = new Map<string, number>();
  for (const { packages } of code) for (const name of packages) files.set(name, (files.get(name) ?? 0) + 1);
  return [...files]
    .map(([name, count]) => {
      const lines = consulted.of(name);
      return {
        package: name,
        files: count,
        consulted: new Set(lines.map((line) => callOf.get(line))).size,
        first: lines[0]?.ref ?? null,
      };
    })
    .sort((a, b) => b.files - a.files || (a.package < b.package ? -1 : 1));
}

/** Compares what the witnesses of a range told with each other and with the files that git saw change. Pure. */
export function compareWitnesses({ lines, code, window, documentation }: Compared): {
  facts: WitnessFacts;
  calls: SeenCall[];
} {
  const calls = matchCalls(lines, window);
  const consulted = new Consulted(lines, documentation);
  const files = seeFiles(code, lines, consulted);
  const facts = {
    witnesses: told(lines, calls, files),
    calls: calls.length,
    claimedOnly: calls.filter((call) => call.lines.every(({ witness }) => witness === "claimed")).length,
    files,
    differences: findDifferences(calls, watchesOf(lines)),
    packages: seePackages(code, consulted, calls),
  };
  return { facts, calls };
}
