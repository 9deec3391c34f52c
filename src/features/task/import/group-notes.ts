import type { ImportNote } from "./readers/source-task.ts";

/** Notes of one kind that say the same thing. */
export interface NoteGroup {
  kind: ImportNote["kind"];
  message: string;
  notes: ImportNote[];
}

/** The same things together: what was left out before what changed, the most frequent first. */
export function groupNotes(notes: readonly ImportNote[]): NoteGroup[] {
  const groups = new Map<string, NoteGroup>();
  for (const note of notes) {
    const key = `${note.kind} ${note.message}`;
    const group = groups.get(key) ?? { kind: note.kind, message: note.message, notes: [] };
    group.notes.push(note);
    groups.set(key, group);
  }
  const rank = ({ kind }: NoteGroup) => (kind === "left-out" ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.notes.length - a.notes.length);
}
