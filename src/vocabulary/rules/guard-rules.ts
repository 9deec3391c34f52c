import type { Rule } from "./rule.ts";

/** Rules about the guarding itself. */
export const GUARD_RULES = {
  "guard/self-change": {
    level: "warn",
    says: "The range changes guard config, workflow, pull request template or hooks.",
    mend: "Nothing to mend: the change takes effect only after the merge; review it with care.",
  },
} as const satisfies Record<string, Rule>;
