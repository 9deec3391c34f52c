/** What the page of a rule adds to its row in the catalogue. */
export interface Story {
  /** Why the rule is there: what went wrong without it. */
  why: string;
  /** Language of the two examples. */
  as: "jsonl" | "ts" | "json" | "markdown" | "sh" | "text";
  /** What the rule speaks about. */
  wrong: string;
  /** What looks much like it, and is fine. */
  right: string;
}
