import type { Step } from "./workflow.ts";

/** What a step is to the simulation. Only Growth Engine's own action is played; nothing else is run. */
export type StepKind =
  /** `actions/checkout`: decides whose files the later steps see. */
  | "checkout"
  /** Growth Engine's action in the checked-out files, such as `./.growth-engine`. */
  | "own-folder"
  /** Growth Engine's action at a version of its own repository. */
  | "own-release"
  /** Fetches commits and does nothing else. */
  | "fetch"
  /** `exit 1`: says no whenever its condition holds. */
  | "refuse"
  /** An action or a command whose answer is unknown, and taken as success. */
  | "other";

const CHECKOUT = /^actions\/checkout@/;
const FOLDER = /^\.\/(.*\/)?\.?growth-engine(\/|$)/;
const RELEASE = /^[\w.-]+\/growth-engine(\/[^@]+)?@[^@]+$/;
/** One `git fetch` on a line of its own, without anything a shell would do besides. */
const FETCH = /^\s*git fetch [^;&|`\n]*$/;

/** A shell's word for failure, alone. */
const REFUSE = /^exit [1-9][0-9]*$/;

export function stepKind({ uses, run }: Step): StepKind {
  if (uses !== null && CHECKOUT.test(uses)) return "checkout";
  if (uses !== null && FOLDER.test(uses)) return "own-folder";
  if (uses !== null && RELEASE.test(uses)) return "own-release";
  if (run !== null && FETCH.test(run.trim())) return "fetch";
  if (run !== null && REFUSE.test(run.trim())) return "refuse";
  return "other";
}
