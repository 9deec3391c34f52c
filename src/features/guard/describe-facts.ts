import { formatDuration } from "../../vocabulary/duration.ts";
import type { GuardName } from "../../vocabulary/finding.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import { isBlindSpot } from "../witness/index.ts";
import { type Facts, isUnknown } from "./gather-facts.ts";
import { countAddedBeats } from "./summarise.ts";

/** One fact in words: what was looked at, and what is there. */
export type DescribedFact = readonly [label: string, value: string];

const NAMED = 5;

function listed(items: readonly string[]): string {
  if (items.length === 0) return "none";
  const rest = items.length - NAMED;
  return `${items.length}: ${items.slice(0, NAMED).join(", ")}${rest > 0 ? `, and ${rest} more` : ""}`;
}

function describeText(
  facts: Facts,
  section: "MCP Evidence" | "Heartbeat" | "Dev MCP Check",
): DescribedFact[] {
  if (facts.text === null) return [["section", "not judged: no pull request text was given"]];
  const { state, cited, exemption, affirmed } = facts.text[section];
  const said = [
    ...(cited.length > 0 ? [`cites ${cited.map(({ path }) => path).join(", ")}`] : []),
    ...(exemption === null ? [] : [`claims "${exemption}"`]),
    ...(affirmed ? ["affirms that production is clean"] : []),
  ];
  return [["section", [state, ...said].join("; ")]];
}

function describeMcp(facts: Facts): DescribedFact[] {
  const { evidence } = facts;
  const known = evidence === null || isUnknown(evidence) ? null : evidence;
  return [
    ["code files changed", listed(facts.changedCode)],
    ["evidence files changed", listed(known?.files.map((file) => file.path) ?? [])],
    ["new valid lines", String(known?.newLines ?? 0)],
    ["tools seen", listed(known?.tools ?? [])],
    ...describeText(facts, "MCP Evidence"),
  ];
}

function describeIdle(facts: Facts): DescribedFact[] {
  const { heartbeat } = facts;
  const tasks = heartbeat === null || isUnknown(heartbeat) ? [] : heartbeat.tasks;
  const span = facts.span === 0 ? "a single moment" : formatDuration(facts.span);
  return [
    ["work spans", span],
    ["beats added", String(countAddedBeats(tasks))],
    ["tasks beaten", listed(tasks.map(({ agent, task }) => `${task} (${agent})`))],
    [
      "head commit",
      `${formatTimestamp(facts.headTime)}${facts.merge ? ", a merge: its end is not judged" : ""}`,
    ],
    ...describeText(facts, "Heartbeat"),
  ];
}

function describeBan(facts: Facts): DescribedFact[] {
  const { ban } = facts;
  const known = ban === null || isUnknown(ban) ? null : ban;
  return [["files seen at the head", String(known?.files ?? 0)], ...describeText(facts, "Dev MCP Check")];
}

function describeWitness({ changedCode, witness }: Facts): DescribedFact[] {
  const changed: DescribedFact = ["code files changed", listed(changedCode)];
  if (witness === null || isUnknown(witness)) return [changed];
  const { witnesses, calls, claimedOnly, files, differences } = witness;
  const told = witnesses.map((each) => `${each.witness} ${each.calls}`);
  return [
    changed,
    ["calls told of", `${calls}${told.length > 0 ? ` (${told.join(", ")})` : ""}`],
    ["calls only typed", String(claimedOnly)],
    ["edits nobody recorded", listed(files.filter(isBlindSpot).map(({ file }) => file))],
    ["differences unexplained", String(differences.filter(({ explained }) => explained === null).length)],
  ];
}

const DESCRIBE: Record<GuardName, (facts: Facts) => DescribedFact[]> = {
  "guard-mcp": describeMcp,
  "idle-guard": describeIdle,
  "dev-mcp-ban": describeBan,
  witness: describeWitness,
};

/** The facts that a guard looked at, in words. */
export function describeFacts(guard: GuardName, facts: Facts): readonly DescribedFact[] {
  return DESCRIBE[guard](facts);
}
