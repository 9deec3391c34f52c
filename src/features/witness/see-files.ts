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

/** When documentation of one of these packages was first read for an edit: by its agent, or by another at the same task. */
function firstRead(
  packages: readonly string[],
  { agent, task }: SeenLine,
  consulted: Pick<Consulted, "firstsOf">,
): number | null {
  const times = packages.flatMap((name) => {
    const { byAgent, byTask } = consulted.firstsOf(name);
    return [byAgent.get(agent), task === null ? undefined : byTask.get(task)].filter(
      (at) => at !== undefined,
    );
  });
  return times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at));
}

function readingOf(
  { packages }: CodeChange,
  edit: SeenLine | null,
  consulted: Pick<Consulted, "firstsOf">,
): Reading {
  if (packages.length === 0) return "no-package";
  if (edit === null) return "unknown";
  const read = firstRead(packages, edit, consulted);
  if (read === null) return "not-seen";
  return read <= edit.at ? "before" : "after";
}

const sorted = (texts: readonly (string | null)[]) =>
  [...new Set(texts.filter((text) => text !== null))].sort();

/** Who saw each changed code file being edited, and whether documentation was read before. */
export function seeFiles(
  code: readonly CodeChange[],
  lines: readonly SeenLine[],
  consulted: Pick<Consulted, "firstsOf">,
): FileSeen[] {
  const edits = editsByFile(lines);
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
      reading: readingOf(each, first, consulted),
    };
  });
}
