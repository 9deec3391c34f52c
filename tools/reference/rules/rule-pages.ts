import { LEVELS } from "../../../src/vocabulary/level.ts";
import { pageOf, RULE_NAMES, RULES, type RuleName } from "../../../src/vocabulary/rules/index.ts";
import { type Pages, table } from "../page.ts";
import { BAN_STORIES, GUARD_STORIES } from "./ban-stories.ts";
import { EVIDENCE_STORIES } from "./evidence-stories.ts";
import { HEARTBEAT_STORIES } from "./heartbeat-stories.ts";
import { RUN_STORIES } from "./run-stories.ts";
import type { Story } from "./story.ts";
import { WITNESS_STORIES } from "./witness-stories.ts";

const STORIES: Record<RuleName, Story> = {
  ...EVIDENCE_STORIES,
  ...HEARTBEAT_STORIES,
  ...BAN_STORIES,
  ...GUARD_STORIES,
  ...RUN_STORIES,
  ...WITNESS_STORIES,
};

const FAMILIES: Record<string, { title: string; guard: string }> = {
  evidence: { title: "Evidence", guard: "`guard-mcp`, `growth-engine evidence verify`" },
  heartbeat: { title: "Heartbeat", guard: "`idle-guard`, `growth-engine heartbeat verify`" },
  ban: { title: "Dev MCP ban", guard: "`dev-mcp-ban`, `growth-engine ban scan`" },
  run: { title: "Recorded runs", guard: "`witness`, `growth-engine run list`" },
  witness: { title: "Witnesses", guard: "`witness`, `growth-engine witness coverage`" },
  guard: { title: "Guarding", guard: "`growth-engine guard`" },
};

const LOUDNESS = {
  off: "says nothing",
  observe: "notes it (`::notice`, SARIF `note`)",
  warn: "warns (`::warning`, SARIF `warning`)",
  block: "fails the guard (`::error`, SARIF `error`)",
};

function fileOf(rule: RuleName): string {
  return `${rule.replace("/", "-")}.md`;
}

/** How the cost of a rule is seen before it is turned on. */
function observing(rule: RuleName): string {
  if (rule === "ban/bundle")
    return "Only `growth-engine ban scan --bundle <dir>` judges it, so past pull requests show nothing of it: run the scan over a build of today.";
  if (/\/(section-|false-exemption)/.test(rule))
    return "It judges the text of a pull request, which git does not keep: `growth-engine guard --observe --pr-body <file>` says what it would block now.";
  if (/^(witness|run)\//.test(rule))
    return "`growth-engine guard witness --observe --since 90d` says in how many past pull requests it would have spoken. A level for it, or any key of `witness` or `run`, makes the guard part of `guard all`; where CI asks for each guard by name, add `witness` to them.";
  return "`growth-engine guard --observe --since 90d` says how many past pull requests it would have blocked, and suggests a level; `growth-engine guard trend` says later whether it does good.";
}

function switchOf(rule: RuleName): string {
  const next = RULES[rule].level === "block" ? "observe" : "block";
  return [
    observing(rule),
    "",
    "Then in `growth-engine.json` on the target branch, since a guard takes its rules from there:",
    "",
    "```json",
    `{ "rules": { "${rule}": "${next}" } }`,
    "```",
    "",
    table(
      ["level", "what it does"],
      LEVELS.map((level) => [
        `\`${level}\`${level === RULES[rule].level ? " (default)" : ""}`,
        LOUDNESS[level],
      ]),
    ),
  ].join("\n");
}

function rulePage(rule: RuleName): string {
  const { says, mend } = RULES[rule];
  const { why, as, wrong, right } = STORIES[rule];
  const fence = (code: string) => `\`\`\`${as}\n${code}\n\`\`\``;
  const reported = RULES[rule].level === "block" ? "Refused" : "Reported";
  return [
    `# ${rule}`,
    says,
    `Judged by ${FAMILIES[rule.split("/")[0] ?? ""]?.guard ?? ""}.`,
    "## Why",
    why,
    "## Example",
    `${reported}:`,
    fence(wrong),
    "Fine:",
    fence(right),
    "## How to mend it",
    mend,
    "## How to observe it and turn it on",
    switchOf(rule),
    "[All rules](../rules.md)",
    "",
  ].join("\n\n");
}

function indexPage(): string {
  const parts = Object.entries(FAMILIES).map(([family, { title, guard }]) => {
    const rules = RULE_NAMES.filter((rule) => rule.startsWith(`${family}/`));
    const rows = rules.map((rule) => [
      `[\`${rule}\`](rules/${fileOf(rule)})`,
      RULES[rule].level,
      RULES[rule].says,
    ]);
    return `## ${title}\n\nJudged by ${guard}.\n\n${table(["rule", "level", "speaks when"], rows)}`;
  });
  return `# Rules\n\n\`growth-engine guard explain <rule>\` prints the same.\n\n${parts.join("\n\n")}\n`;
}

/** The index of the rules and a page for each. */
export function rulePages(): Pages {
  return {
    "docs/reference/rules.md": indexPage(),
    ...Object.fromEntries(RULE_NAMES.map((rule) => [pageOf(rule), rulePage(rule)])),
  };
}
