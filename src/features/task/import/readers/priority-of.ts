import type { Priority } from "../../../../vocabulary/task.ts";

const WORDS: Readonly<Record<Priority, readonly string[]>> = {
  P0: ["p0", "0", "critical", "urgent", "highest", "blocker", "immediate"],
  P1: ["p1", "1", "high", "important"],
  P2: ["p2", "2", "medium", "normal", "moderate", "default"],
  P3: ["p3", "3", "low", "lowest", "minor", "trivial"],
};

const PRIORITY_OF = new Map(
  Object.entries(WORDS).flatMap(([priority, words]) => words.map((word) => [word, priority as Priority])),
);

/** Our priority for a tracker's word or number, counted from 0; null for one that nobody knows. */
export function priorityOf(word: string): Priority | null {
  return PRIORITY_OF.get(word.trim().toLowerCase()) ?? null;
}

/** The priority that a label says, such as `P1`, `priority: high` or `priority/critical`; null for other labels. */
export function priorityOfLabel(label: string): Priority | null {
  const [, word] = /^(?:priority|prio)\s*[:/_ -]\s*(\S+)$/i.exec(label.trim()) ?? [];
  if (word !== undefined) return priorityOf(word);
  return /^p[0-3]$/i.test(label.trim()) ? priorityOf(label) : null;
}
