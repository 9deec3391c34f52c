import type { RuleName } from "../../../src/vocabulary/rules/index.ts";
import type { Story } from "./story.ts";

export const RUN_STORIES: Record<Extract<RuleName, `run/${string}`>, Story> = {
  "run/missing": {
    why: '"All tests pass" is a claim. Where the rules ask for a recorded run, the record says which command ran, how it ended and on which content. A run whose line was not committed is not there for the guard.',
    as: "text",
    wrong: 'run.require {"src/**": ["unit"]}; src/price.ts changed; no line of tool test-run of kind unit',
    right: 'run.require {"src/**": ["unit"]}; src/price.ts changed; a line of kind unit with exit_code 0',
  },
  "run/stale": {
    why: "Tests that ran before the last edit say nothing about it. Content is compared, never commits: the run's line lists the files that it ran on, so rebase, squash and merge change nothing, and neither does a base that moved. Files that `evidence.nonCode` names do not count.",
    as: "text",
    wrong: "10:02 unit run passed; 10:05 src/price.ts edited; committed",
    right: "10:05 src/price.ts edited; 10:07 unit run passed; committed, then rebased and squashed",
  },
  "run/failed": {
    why: "A run that passed before, on other content or by luck, does not outweigh a later one that failed on the very files that are to be merged.",
    as: "text",
    wrong: "10:07 unit run passed; 10:09 unit run on the same files ended with exit 1",
    right: "10:07 unit run ended with exit 1; 10:09 unit run on the same files passed",
  },
  "run/shrunk": {
    why: "4,992 of 4,992 passed becomes 4,985 of 4,985 when seven tests are gone. What exists is counted, tests that were skipped too, so a denominator that moves is seen. Fewer tests are often right: a reviewer should know.",
    as: "text",
    wrong: "4,985 tests exist in the last unit run; 4,992 in the last one recorded at the base",
    right: "4,993 tests exist in the last unit run; 4,992 in the last one recorded at the base",
  },
  "run/claimed-totals": {
    why: "A script can print `4,992 passed` without running a test. Totals count as told by the runner only when its own reporter wrote them into a file that `growth-engine run` asked for.",
    as: "text",
    wrong: '"totals": {"exist": 4992, …, "source": "claimed"}',
    right: '"totals": {"exist": 4992, …, "source": "vitest"}',
  },
};
