import type { Finding } from "../../vocabulary/finding.ts";
import { Capped } from "./capped.ts";
import type { Omitted } from "./facts.ts";

/**
 * Lists at most a hundred findings of a rule in a file, then one that says how many more there are.
 * @param omitted what the gatherer left out already
 */
export function capFindings(findings: readonly Finding[], omitted: readonly Omitted[]): Finding[] {
  const capped = new Capped<{ kind: Finding["rule"]; file: string; finding: Finding }>();
  for (const finding of findings) capped.add({ kind: finding.rule, file: finding.file ?? "", finding });
  const more = [
    ...omitted.map((one) => ({ ...one, kind: `heartbeat/${one.kind}` as const })),
    ...capped.omitted(),
  ];
  return [
    ...capped.kept.map(({ finding }) => finding),
    ...more.map(({ kind, file, count }) => ({
      rule: kind,
      ...(file !== "" && { file }),
      message: `${count} more of this rule in this file ${count === 1 ? "is" : "are"} not listed`,
    })),
  ];
}
