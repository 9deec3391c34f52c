import type { Finding } from "../../vocabulary/finding.ts";

/** So many findings of one rule are listed for one file; the rest are counted. */
const MOST_LISTED = 100;

/** Findings as they were collected: those that are listed, and how many there were by rule and file. */
export interface CollectedFindings {
  listed: readonly Finding[];
  counts: readonly [key: string, { first: Finding; count: number }][];
}

/** Collects findings, of each file and rule a bounded number, and says how many it left out. */
export class CappedFindings {
  readonly #listed: Finding[] = [];
  readonly #counts = new Map<string, { first: Finding; count: number }>();

  add(finding: Finding): void {
    const key = `${finding.rule}\0${finding.file ?? ""}`;
    const seen = this.#counts.get(key);
    if (seen) seen.count += 1;
    else this.#counts.set(key, { first: finding, count: 1 });
    if ((seen?.count ?? 1) <= MOST_LISTED) this.#listed.push(finding);
  }

  addAll(findings: readonly Finding[]): void {
    for (const finding of findings) this.add(finding);
  }

  collected(): CollectedFindings {
    return { listed: this.#listed, counts: [...this.#counts] };
  }

  /** Goes on with what was collected of lines that stand after those of this one. */
  addCollected({ listed, counts }: CollectedFindings): void {
    this.addAll(listed);
    for (const [key, { count }] of counts) {
      const seen = this.#counts.get(key);
      if (seen) seen.count += Math.max(0, count - MOST_LISTED);
    }
  }

  all(): Finding[] {
    const omitted: Finding[] = [];
    for (const { first, count } of this.#counts.values()) {
      const { rule, file } = first;
      const more = count - MOST_LISTED;
      if (more <= 0) continue;
      const message = `${more} more findings of this rule in this file are not listed`;
      omitted.push({ rule, message, ...(file === undefined ? {} : { file }) });
    }
    return [...this.#listed, ...omitted];
  }
}
