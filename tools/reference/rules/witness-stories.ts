import type { RuleName } from "../../../src/vocabulary/rules/index.ts";
import type { Story } from "./story.ts";

export const WITNESS_STORIES: Record<Extract<RuleName, `witness/${string}`>, Story> = {
  "witness/blind-spot": {
    why: "Hooks do not fire for every subagent, gateways do not see built-in tools, and people edit too. A file that changed while nobody looked is no fault, but a reviewer should know that its story is told by the commit alone. A recorder's line counts, one that an agent typed does not.",
    as: "text",
    wrong: "src/price.ts changed; no line of a recorder says that it was edited",
    right:
      'src/price.ts changed; {"action":"edit","doc_ref":"repo:src/price.ts","recorder":{"kind":"hook",…},…}',
  },
  "witness/unexplained": {
    why: "Two recorders that watch the same session should tell the same calls. Where one tells calls that the other does not, although it was recording at that time and is able to see them, something went around it.",
    as: "text",
    wrong: "10:02–10:20: the transcript has 3 calls of context7, the hook of that session has none of them",
    right: "10:02–10:20: the transcript has 3 calls of context7, the hook of that session began at 10:30",
  },
};
