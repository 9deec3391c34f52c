import type { Rule } from "./rule.ts";

/** Rules of the guard `witness` that compare what recorders saw with each other and with git. */
export const WITNESS_RULES = {
  "witness/blind-spot": {
    level: "observe",
    says: "A code file changed, and no recorder saw an edit of it.",
    mend: "Nothing must be done; with `growth-engine hook` in the agent's host the next edit is seen. `growth-engine witness coverage` shows who saw what.",
  },
  "witness/unexplained": {
    level: "observe",
    says: "A recorder saw calls that another one, which was recording at that time, did not see.",
    mend: "Look at the calls with `growth-engine witness coverage`; a session that was started without the hook or the proxy is the common reason.",
  },
} as const satisfies Record<string, Rule>;
