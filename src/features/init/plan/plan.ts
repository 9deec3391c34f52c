import type { Forge } from "../detect/find-forges.ts";
import type { Site } from "../site.ts";
import type { PlannedFile } from "./planned-file.ts";

/** Something that a person does, or should know. */
export interface Note {
  says: string;
  /** Lines to add or to run. */
  text?: string;
}

/** All that is planned, by site. */
export interface Plan {
  sites: { site: Site; files: PlannedFile[] }[];
  notes: Note[];
  forges: Forge[];
  /** The command that pins the tool with a package manager, where that is still to be run. */
  pinCommand: string | null;
}
