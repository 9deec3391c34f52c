import type { Finding } from "../../vocabulary/finding.ts";

/** One line of a session, as far as the chain is concerned. */
export interface ChainLink {
  file: string;
  line: number;
  /** SHA-256 of the line. */
  sum: string;
  /** What the line says the one before it was; undefined when it says nothing. */
  prev: unknown;
  /** `seq`, else the time of the line. */
  order: number;
  /** Stood before the range: the others are held against it, itself it is not judged. */
  known?: boolean;
}

/** Sums of lines that are gone: taken out under a redaction, or found in the repository's history. */
export interface GoneLines {
  redacted: ReadonlySet<string>;
  inHistory: ReadonlySet<string>;
}

/** Where a line belongs among those of its session: recorders count, and others are read by their time. */
export function orderOf({ seq }: Readonly<Record<string, unknown>>, instant: number): number {
  if (typeof seq === "number" && Number.isSafeInteger(seq)) return seq;
  return Number.isNaN(instant) ? Number.MAX_SAFE_INTEGER : instant;
}

export function isSum(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** `prev` values that name no line of the session and no redacted line. */
export function missingLinks(links: readonly ChainLink[], redacted: ReadonlySet<string>): string[] {
  const sums = new Set(links.map(({ sum }) => sum));
  return links.flatMap(({ prev, known }) =>
    !known && isSum(prev) && !sums.has(prev) && !redacted.has(prev) ? [prev] : [],
  );
}

/**
 * Holds each line of one session against the one before it. Only the first may name none. Two lines that follow
 * the same one are what two branches of one session leave behind, so that is never louder than a warning.
 */
export function chainBreaks(unordered: readonly ChainLink[], gone: GoneLines): Finding[] {
  const links = [...unordered].sort((a, b) => a.order - b.order);
  const rule = "evidence/broken-chain";
  const sums = new Set(links.map(({ sum }) => sum));
  const followed = new Set(links.flatMap(({ known, prev }) => (known ? [prev] : [])));
  const findings: Finding[] = [];
  let started = links.some(({ known, prev }) => known && (prev ?? null) === null);
  for (const { file, line, prev, known } of links) {
    if (known) continue;
    const place = { rule, file, line } as const;
    if (prev === undefined || prev === null) {
      const message = "the line has no prev, and it is not the first of its session";
      if (started) findings.push({ ...place, message });
      started = true;
    } else if (!isSum(prev)) {
      const message = "prev is no SHA-256 in lower-case hexadecimal";
      findings.push({ ...place, message });
    } else if (!sums.has(prev) && !gone.redacted.has(prev)) {
      const message = `the line before it (SHA-256 ${prev.slice(0, 12)}…) is not in the evidence of this session`;
      if (gone.inHistory.has(prev)) {
        const innocent = `${message}; it stands elsewhere in the history, as after a cherry-pick`;
        findings.push({ ...place, message: innocent, ceiling: "warn" });
      } else findings.push({ ...place, message });
    } else if (followed.has(prev)) {
      const message = "another line of the session follows the same line";
      findings.push({ ...place, message, ceiling: "warn" });
    }
    followed.add(prev);
  }
  return findings;
}

/** The breaks of a session's chain. A session in which no line names another is not chained, so none is broken. */
export function judgeChain(links: readonly ChainLink[], gone: GoneLines): Finding[] {
  const chained = links.some(({ prev }) => prev !== undefined && prev !== null);
  return chained ? chainBreaks(links, gone) : [];
}
