import type { ImportNote, Place } from "./source-task.ts";

const MAX_DETAIL = 120;

/** Collects what a person who imports must know. */
export class ImportNotes {
  readonly notes: ImportNote[] = [];

  #add(kind: ImportNote["kind"], { file, line }: Place, message: string, detail?: string): void {
    const short =
      detail !== undefined && detail.length > MAX_DETAIL ? `${detail.slice(0, MAX_DETAIL)}…` : detail;
    this.notes.push({ kind, file, line, message, ...(short === undefined ? {} : { detail: short }) });
  }

  /** A record that becomes no task. */
  leftOut(place: Place, message: string, detail?: string): void {
    this.#add("left-out", place, message, detail);
  }

  /** A task that arrives, but not as it stood. */
  changed(place: Place, message: string, detail?: string): void {
    this.#add("changed", place, message, detail);
  }
}
