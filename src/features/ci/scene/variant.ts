export const VARIANTS = {
  "no evidence": "a code change without evidence",
  "evidence and text": "the same change with evidence and a filled text",
  "docs only": "a change of documentation alone",
  "own rules": "a code change without evidence that brings its own rules, workflow and tool",
  "this branch": "what HEAD adds to the base",
} as const;
export type VariantName = keyof typeof VARIANTS;

/** A change that is played: its commits lie in the forge's repository. */
export interface Variant {
  name: VariantName;
  /** Full commit ids. */
  base: string;
  head: string;
  /** Head as it was before its last push. */
  before: string;
  /** The base with the change merged: what a queue tests, and what is pushed in the end. */
  merged: string;
  /** Paths that the change touches. */
  paths: readonly string[];
  /** Text of the pull request. */
  text: string;
}
