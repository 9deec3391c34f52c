import type { Level } from "../level.ts";

/** One row of the rule catalogue. The reference page of the rule is made from it. */
export interface Rule {
  /** The level that holds where the config says nothing. */
  level: Level;
  /** What is wrong when this rule speaks, as one sentence. */
  says: string;
  /** How it is mended: a command or an edit, as one sentence. */
  mend: string;
}
