import type { Rule } from "./rule.ts";

const MEND =
  "`growth-engine run --kind <kind> -- <command>` on the last state of the change, then commit its line under `artifacts/`.";

/** Rules of the guard `witness` about recorded runs. They block only where `run.require` asks for the kind. */
export const RUN_RULES = {
  "run/missing": {
    level: "block",
    says: "The rules ask for a run of a kind (`run.require`), and the range records none that passed.",
    mend: MEND,
  },
  "run/stale": {
    level: "block",
    says: "Code of the change differs from what the last passing run of a kind ran on. A kind that `run.require` does not ask for only warns.",
    mend: MEND,
  },
  "run/failed": {
    level: "block",
    says: "The last run of a kind on what the head holds did not pass. A kind that `run.require` does not ask for only warns.",
    mend: MEND,
  },
  "run/shrunk": {
    level: "warn",
    says: "Fewer tests exist in the run that counts than in the last one recorded at the base, or in another one of the range.",
    mend: "Run all tests of the kind; where tests were taken out on purpose, say so in the pull request.",
  },
  "run/claimed-totals": {
    level: "observe",
    says: "How many tests there are was read from what the command printed, which any script can print.",
    mend: "Start the runner so that `growth-engine run` can ask it (docs/guides/recorded-runs.md), or name its JUnit file with `--junit`.",
  },
} as const satisfies Record<string, Rule>;
