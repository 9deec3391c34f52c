import { formatDuration } from "../../vocabulary/duration.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import type { RuleName } from "../../vocabulary/rules/index.ts";
import type { SectionName } from "../config/index.ts";
import type { PullRequestFacts } from "./pull-request/read-text.ts";

/** What claims of the text are compared with. */
export interface ClaimedAgainst {
  changedCode: readonly string[];
  /** Length of the longest stretch of work in milliseconds. */
  span: number;
  requiredAfter: number;
}

const SHOW = "growth-engine evidence section";
const NAMED = 3;

/** What each section must say to count as filled. */
const LACKS: Record<SectionName, string> = {
  "MCP Evidence": "cites no evidence file and chooses no exemption",
  Heartbeat: "cites no heartbeat file and chooses no exemption",
  "Dev MCP Check": "does not affirm that production is free of development MCP servers",
};

function judgeState(
  facts: PullRequestFacts,
  section: SectionName,
  missing: RuleName,
  unfilled: RuleName,
): Finding[] {
  const { state, line } = facts[section];
  if (state === "missing") {
    return [
      {
        rule: missing,
        message: `the pull request text has no section "${section}"`,
        hint: `${SHOW} prints it`,
      },
    ];
  }
  if (state === "filled") return [];
  const message = `the section "${section}" (line ${line} of the text) ${LACKS[section]}; template lines, comments and prose do not count`;
  return [{ rule: unfilled, message, hint: `${SHOW} prints what fits this change` }];
}

function named(files: readonly string[]): string {
  const rest = files.length - NAMED;
  return files.slice(0, NAMED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** The section `MCP Evidence`, and its exemption compared with the diff. */
export function judgeEvidenceSection(
  facts: PullRequestFacts,
  asked: boolean,
  claim: ClaimedAgainst,
): Finding[] {
  const findings = asked
    ? judgeState(facts, "MCP Evidence", "evidence/section-missing", "evidence/section-unfilled")
    : [];
  if (facts["MCP Evidence"].exemption === "non-code-change" && claim.changedCode.length > 0) {
    findings.push({
      rule: "evidence/false-exemption",
      message: `the text says "non-code change"; the diff holds code: ${named(claim.changedCode)}`,
      hint: `${SHOW} prints what fits this change`,
    });
  }
  return findings;
}

/** The section `Heartbeat`, and its exemption compared with commits and records. */
export function judgeHeartbeatSection(
  facts: PullRequestFacts,
  asked: boolean,
  claim: ClaimedAgainst,
): Finding[] {
  const findings = asked
    ? judgeState(facts, "Heartbeat", "heartbeat/section-missing", "heartbeat/section-unfilled")
    : [];
  if (facts.Heartbeat.exemption === "single-session" && claim.span > claim.requiredAfter) {
    const limit = formatDuration(claim.requiredAfter);
    findings.push({
      rule: "heartbeat/false-exemption",
      message: `the text says "<${limit} single session"; commits and records span ${formatDuration(claim.span)}`,
      hint: `${SHOW} prints what fits this change`,
    });
  }
  return findings;
}

/** The section `Dev MCP Check`. What it affirms is judged by the scan itself. */
export function judgeBanSection(facts: PullRequestFacts, asked: boolean): Finding[] {
  return asked ? judgeState(facts, "Dev MCP Check", "ban/section-missing", "ban/section-unfilled") : [];
}
