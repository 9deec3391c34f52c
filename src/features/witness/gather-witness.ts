import type { Range, Repository, Tree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import type { WitnessFacts } from "./witness-facts.ts";

/** The range whose witnesses are asked for. */
export interface WitnessGround {
  repository: Repository;
  range: Range;
  config: Config;
  /** The tree at the head of the range. */
  head: Tree;
  /** Changed code files. */
  code: readonly string[];
}

/** What the commits of a range hold about who saw the work. */
export async function gatherWitness({ code }: WitnessGround): Promise<WitnessFacts> {
  return { code: [...code].sort() };
}
