import type { Repository } from "../../../platform/git/index.ts";
import type { Mood } from "../forge/mood.ts";
import type { Cast } from "../scene/payloads.ts";
import type { Workflow } from "../workflow/workflow.ts";

/** The built entry of Growth Engine's action that is run. */
export interface Tool {
  file: string;
  /** For the report: which copy it is. */
  name: string;
  /** What its `action.yml` gives for inputs that a step does not; may hold `${{ }}`. */
  defaults: Readonly<Record<string, string>>;
}

/** What a simulation plays in: all of it temporary, but for the repository that is looked at. */
export interface World {
  /** The repository that is looked at; it is only read. */
  origin: Repository;
  /** The forge's repository, which also holds the simulated changes. */
  forge: Repository;
  /** Folders to copy workspaces from: with the history of the base alone, and with the simulated changes too. */
  blanks: { base: string; changes: string };
  /** A folder of the simulation's own. */
  scratch: string;
  tool: Tool;
  cast: Cast;
  mood: Mood;
  env: NodeJS.ProcessEnv;
  /** Lets as many runs go on at once as the machine takes. */
  turn<Result>(deed: () => Promise<Result>): Promise<Result>;
  /** The workflows at a commit that have to do with Growth Engine. */
  workflowsAt(commit: string): Promise<readonly Workflow[]>;
  /** What did not follow GitHub's published description. */
  problems: Set<string>;
  /** Runs that were played before, by all that decides them. */
  played: Map<string, Promise<{ passed: boolean; reason: string }>>;
}
