import type { Change } from "../../platform/git/index.ts";
import type { Consulted } from "./documentation/consulted.ts";
import { type SeenLine, WITNESSES } from "./seen-line.ts";
import type { FileSeen, Reading } from "./witness-facts.ts";

/** What is known of a changed code file without any record. */
export interface CodeChange {
  file: string;
  change: FileSeen["change"];
  /** Packages that it imports, built-in ones left out. */
  packages: readonly string[];
}

/** The code files of a range; one whose content stood at another path that went away was moved. */
export function codeChanges(
  changes: readonly Change[],
  code: readonly string[],
): Omit<CodeChange, "packages">[] {
  const wanted = new Set(code);
  const gone = new Set(
    changes.flatMap(({ oldBlob, newBlob }) => (newBlob === null && oldBlob ? [oldBlob] : [])),
  );
  const came = new Set(
    changes.flatMap(({ oldBlob, newBlob }) => (oldBlob === null && newBlob ? [newBlob] : [])),
  );
  return changes
    .filter(({ path }) => wanted.has(path))
    .map(({ path, oldBlob, newBlob }) => {
      const isMoved =
        (oldBlob === null && gone.has(newBlob ?? "")) || (newBlob === null && came.has(oldBlob ?? ""));
      return { file: path, change: isMoved ? "moved" : newBlob === null ? "removed" : "changed" };
    });
}

function editsByFile(lines: readonly SeenLine[]): Map<string, SeenLine[]> {
  const found = new Map<string, SeenLine[]>();
  for (const line of lines) {
    for (const file of line.files) {
      const known = found.get(file);
      if (known === undefined) found.set(file, [line]);
      else known.push(line);
    }
  }
  return found;
}

function earliest(lines: readonly SeenLine[]): SeenLine | null {
  return lines.reduce<SeenLine | null>(
    (first, line) => (first === null || line.at < first.at ? line : first),
    null,
  );
}

/** Who read for a file: the agent that edited it, or another one at the same task. */
function isForEdit(read: SeenLine, { agent, task }: SeenLine): boolean {
  return read.agent === agent || (task !== null && read.task === task);
}

function readingOf(
  { packages }: CodeChange,
  edit: SeenLine | null,
  readsOf: (name: string) => readonly SeenLine[],
): Reading {
  if (packages.length === 0) return "no-package";
  if (edit === null) return "unknown";
  const reads = packages.flatMap(readsOf).filter((read) => isForEdit(read, edit));
  if (reads.some(({ at }) => at <= edit.at)) return "before";
  return reads.length > 0 ? "after" : "not-seen";
}

const sorted = (texts: readonly (string | null)[]) =>
  [...new Set(texts.filter((text) => text !== null))].sort();

/** Who saw each changed code file being edited, and whether documentation was read before. */
export function seeFiles(
  code: readonly CodeChange[],
  lines: readonly SeenLine[],
  consulted: Pick<Consulted, "of">,
): FileSeen[] {
  const edits = editsByFile(lines);
  const reads = new Map<string, readonly SeenLine[]>();
  const readsOf = (name: string) => reads.get(name) ?? reads.set(name, consulted.of(name)).get(name) ?? [];
  return code.map((each): FileSeen => {
    const seen = edits.get(each.file) ?? [];
    const first = earliest(seen);
    return {
      file: each.file,
      change: each.change,
      seenBy: WITNESSES.filter((witness) => seen.some((line) => line.witness === witness)),
      agents: sorted(seen.map(({ agent }) => agent)),
      tasks: sorted(seen.map(({ task }) => task)),
      firstEdit: first && { at: first.at, agent: first.agent, witness: first.witness },
      reading: readingOf(each, first, readsOf),
    };
  });
}
