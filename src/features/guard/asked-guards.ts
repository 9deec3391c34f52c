import { COMMON_GUARDS, type GuardName } from "../../vocabulary/finding.ts";
import type { Config } from "../config/index.ts";
import { isWitnessAsked } from "../witness/index.ts";

/** The guards that somebody asks for by name, or `all` that the rules ask for. */
export type AskedGuards = readonly GuardName[] | "all";

/** The guards that answer under a config; without one (the range could not be read), those that always do. */
export function guardsOf(asked: AskedGuards, config: Config | null): readonly GuardName[] {
  if (asked !== "all") return asked;
  return config !== null && isWitnessAsked(config) ? [...COMMON_GUARDS, "witness"] : COMMON_GUARDS;
}
