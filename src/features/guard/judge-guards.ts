import {
  type Finding,
  type GuardName,
  type GuardVerdict,
  gradeFindings,
  verdictOf,
} from "../../vocabulary/finding.ts";
import { judgeBan, summariseBan } from "../ban/index.ts";
import type { Config } from "../config/index.ts";
import { judgeEvidence } from "../evidence/index.ts";
import { judgeHeartbeat, summariseHeartbeat } from "../heartbeat/index.ts";
import { combineVerdicts, VERDICT_SCHEMA, type VerdictReport } from "../verdict/index.ts";
import { judgeWitnessed, summariseWitnessed } from "../witness/index.ts";
import { findSelfChanges } from "./find-self-changes.ts";
import { type Facts, isUnknown, type Unknown } from "./gather-facts.ts";
import { judgeOverride, uncountedApprovals } from "./judge-override.ts";
import { judgeBanSection, judgeEvidenceSection, judgeHeartbeatSection } from "./judge-sections.ts";
import { summariseEvidence } from "./summarise.ts";

/** What a guard found, before the levels are given. Null findings: the guard does not apply. */
interface Judged {
  findings: Finding[] | null;
  summary: string;
}

function claimedAgainst(facts: Facts, config: Config) {
  return { changedCode: facts.changedCode, span: facts.span, requiredAfter: config.heartbeat.requiredAfter };
}

/** The name under which the config exempts who opened the pull request; undefined for everybody else. */
function exemptName({ actor }: Facts, config: Config): string | undefined {
  return config.pullRequest.exempt.find((name) => name.toLowerCase() === actor?.toLowerCase());
}

/** Why the two record guards have nothing to say, or null when they have. */
function inapplicable(facts: Facts, config: Config): string | null {
  const exempt = exemptName(facts, config);
  if (exempt !== undefined) return `${exempt} is exempt by pullRequest.exempt`;
  return facts.changedCode.length > 0 || facts.recordsChanged ? null : "neither code nor a record changed";
}

type Judge = (facts: Facts, config: Config) => Judged | Unknown;

const judgeMcp: Judge = (facts, config) => {
  const reason = inapplicable(facts, config);
  const { evidence, text } = facts;
  if (reason !== null || evidence === null) return { findings: null, summary: reason ?? "" };
  if (isUnknown(evidence)) return evidence;
  const asked = config.pullRequest.sections.includes("MCP Evidence");
  const sections = text === null ? [] : judgeEvidenceSection(text, asked, claimedAgainst(facts, config));
  return {
    findings: [...judgeEvidence(evidence, config), ...sections],
    summary: summariseEvidence(facts, evidence),
  };
};

const judgeIdle: Judge = (facts, config) => {
  const reason = inapplicable(facts, config);
  const { heartbeat, text } = facts;
  if (reason !== null || heartbeat === null) return { findings: null, summary: reason ?? "" };
  if (isUnknown(heartbeat)) return heartbeat;
  const asked = config.pullRequest.sections.includes("Heartbeat");
  const sections = text === null ? [] : judgeHeartbeatSection(text, asked, claimedAgainst(facts, config));
  const findings = judgeHeartbeat(heartbeat, config, { merge: facts.merge });
  return {
    findings: [...findings, ...sections],
    summary: summariseHeartbeat(heartbeat, config.heartbeat.requiredAfter),
  };
};

const judgeDevMcpBan: Judge = (facts, config) => {
  const { ban, text, changedCode } = facts;
  if (ban === null) return { findings: null, summary: "" };
  if (isUnknown(ban)) return ban;
  // An exempt bot cannot write a section; its code is judged like everybody's.
  const written = changedCode.length > 0 && exemptName(facts, config) === undefined;
  const asked = config.pullRequest.sections.includes("Dev MCP Check") && written;
  const sections = text === null ? [] : judgeBanSection(text, asked);
  const findings = judgeBan(ban);
  return { findings: [...findings, ...sections], summary: summariseBan(ban, findings) };
};

const judgeSeen: Judge = (facts, config) => {
  const reason = inapplicable(facts, config);
  const { witness } = facts;
  if (reason !== null || witness === null) return { findings: null, summary: reason ?? "" };
  if (isUnknown(witness)) return witness;
  return { findings: judgeWitnessed(witness, config), summary: summariseWitnessed(witness) };
};

const JUDGES: Record<GuardName, Judge> = {
  "guard-mcp": judgeMcp,
  "idle-guard": judgeIdle,
  "dev-mcp-ban": judgeDevMcpBan,
  witness: judgeSeen,
};

function conclude(
  guard: GuardName,
  judged: Judged | Unknown,
  notes: readonly Finding[],
  config: Config,
): GuardVerdict {
  if ("unknown" in judged) return errorVerdict(guard, judged);
  const findings = gradeFindings([...(judged.findings ?? []), ...notes], config.rules);
  const verdict = judged.findings === null ? "not-applicable" : verdictOf(findings);
  return { guard, verdict, summary: judged.summary, findings };
}

/** The answer of a guard that could not tell. */
export function errorVerdict(guard: GuardName, { unknown, hint }: Unknown): GuardVerdict {
  return {
    guard,
    verdict: "error",
    summary: hint === undefined ? unknown : `${unknown} (mend: ${hint})`,
    findings: [],
  };
}

/** Judges the asked guards over the facts. Pure: the same facts give the same report. */
export function judgeGuards(facts: Facts, config: Config, guards: readonly GuardName[]): VerdictReport {
  const selfChanges = findSelfChanges(facts.changedPaths);
  // The ban always answers, so the note about guarding itself stands there when all guards are asked.
  const noteAt = guards.includes("dev-mcp-ban") ? "dev-mcp-ban" : guards.at(-1);
  const verdicts = guards.map((guard) =>
    conclude(guard, JUDGES[guard](facts, config), guard === noteAt ? selfChanges : [], config),
  );
  const report: VerdictReport = {
    schema: VERDICT_SCHEMA,
    verdict: combineVerdicts(verdicts),
    base: facts.base,
    head: facts.head,
    rules: facts.rules,
    guards: verdicts,
  };
  return applyOverride(report, facts, config);
}

function applyOverride(report: VerdictReport, facts: Facts, config: Config): VerdictReport {
  if (report.verdict === "pass") return report;
  const allowed = config.pullRequest.override;
  const override = judgeOverride(facts.approvals, allowed, facts);
  if (override === null || report.verdict !== "fail") {
    const uncounted = uncountedApprovals(facts.approvals, allowed, facts);
    return uncounted.length === 0 ? report : { ...report, uncounted };
  }
  const guards = report.guards.map((guard) =>
    guard.verdict === "fail"
      ? {
          ...guard,
          verdict: "pass" as const,
          summary: `overridden by ${override.by}: ${override.reason}. ${guard.summary}`,
        }
      : guard,
  );
  return { ...report, verdict: "pass", guards, overridden: override };
}
