import { Fault } from "../../platform/errors/index.ts";
import type { Range, Repository } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import type { CitedPath, EvidenceFacts } from "./evidence-facts.ts";

export interface GatherOptions {
  /** Paths that the pull request text cites; null when no text was given. */
  cited: readonly CitedPath[] | null;
  /** Changed code file → packages that it imports. */
  imports: ReadonlyMap<string, readonly string[]>;
}

/** Reads what a range says about evidence: only git objects, and for cited files what lies on disk. */
export async function gatherEvidence(
  _repository: Repository,
  _range: Range,
  _config: Config,
  _options: GatherOptions,
): Promise<EvidenceFacts> {
  throw new Fault("INTERNAL", "not built yet");
}
