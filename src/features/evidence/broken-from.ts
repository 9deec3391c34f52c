import { type ChainLink, chainBreaks, type GoneLines } from "./judge-chain.ts";

/**
 * From which `seq` on a session's chain is not whole: a line is missing, named twice, or out of count; infinite where
 * it is whole. What comes after a gap hangs on a line that nobody can show, so it is no more than claimed. A redacted
 * line is shown by its redaction.
 */
export function brokenFrom(unordered: readonly ChainLink[], gone: GoneLines): number {
  const links = [...unordered].sort((a, b) => a.order - b.order);
  const broken = new Set(chainBreaks(links, gone).map(({ file, line }) => `${file}:${line}`));
  for (const [at, { file, line, order, prev }] of links.entries()) {
    const before = links[at - 1];
    const isNext = before === undefined ? order === 1 : order === before.order + 1;
    const isExcused = typeof prev === "string" && gone.redacted.has(prev);
    if (broken.has(`${file}:${line}`) || !(isNext || isExcused)) return order;
  }
  return Number.POSITIVE_INFINITY;
}
