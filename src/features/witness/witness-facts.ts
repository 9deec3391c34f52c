/** What the witnesses of a range saw, as plain JSON. */
export interface WitnessFacts {
  /** Changed code files, sorted. */
  code: string[];
}
