import { openRepository } from "../../platform/git/index.ts";
import { type CommandContext, type Paint, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import type { GuardVerdict, LevelledFinding } from "../../vocabulary/finding.ts";
import { pageOf, RULES } from "../../vocabulary/rules/index.ts";
import type { Config } from "../config/index.ts";
import { mendOf, placeOf } from "../verdict/index.ts";
import { describeFacts } from "./describe-facts.ts";
import { explainRule, parseRule } from "./explain-rule.ts";
import type { Facts } from "./gather-facts.ts";
import { gatherSubject, type SubjectOptions } from "./gather-subject.ts";
import { type Judgement, judgeRange } from "./judge-range.ts";

/** Options of `guard explain`. */
export interface ExplainOptions extends SubjectOptions {
  json?: boolean;
}

const SIGN = { pass: "green", fail: "red", error: "magenta", "not-applicable": "dim" } as const;
const LABEL_WIDTH = 24;

function explainFinding(finding: LevelledFinding, config: Config, paint: Paint): string[] {
  const origin = config.rules[finding.rule] === undefined ? "by default" : "by growth-engine.json";
  const place = placeOf(finding);
  return [
    `    ${paint(finding.level === "block" ? "red" : "yellow", finding.rule)} ${paint("dim", `${finding.level} ${origin}`)}`,
    ...(place === null ? [] : [`      at    ${printable(place)}`]),
    `      seen  ${printable(finding.message)}`,
    `      means ${RULES[finding.rule].says}`,
    `      mend  ${printable(mendOf(finding))}`,
    `      page  ${pageOf(finding.rule)}`,
  ];
}

function explainGuard(verdict: GuardVerdict, facts: Facts, config: Config, paint: Paint): string[] {
  const deciding = verdict.findings.filter(({ level }) => level === "block");
  const rest = verdict.findings.filter(({ level }) => level !== "block");
  const because = deciding.length > 0 ? "decided by" : `nothing blocks: ${printable(verdict.summary)}`;
  return [
    `${paint(SIGN[verdict.verdict], verdict.verdict)}  ${paint("bold", verdict.guard)}`,
    ...describeFacts(verdict.guard, facts).map(
      ([label, value]) => `    ${label.padEnd(LABEL_WIDTH)} ${printable(value)}`,
    ),
    `  ${because}`,
    ...deciding.flatMap((finding) => explainFinding(finding, config, paint)),
    ...(rest.length > 0 ? ["  also seen, not blocking"] : []),
    ...rest.flatMap((finding) => explainFinding(finding, config, paint)),
    "",
  ];
}

function explainText({ report, facts, config }: Judgement, paint: Paint): string {
  if (facts === null || config === null) {
    return report.guards
      .map((guard) => `${paint("magenta", "error")}  ${guard.guard}: ${printable(guard.summary)}\n`)
      .join("");
  }
  const range = `${facts.base.slice(0, 7)}..${facts.head.slice(0, 7)}, by the rules of ${facts.rules.slice(0, 7)}`;
  const override = report.overridden;
  const overridden = override
    ? [
        `overridden by ${printable(override.by)} until ${printable(override.until)}: ${printable(override.reason)}`,
      ]
    : [];
  const lines = report.guards.flatMap((guard) => explainGuard(guard, facts, config, paint));
  return `${[paint("dim", range), ...overridden, "", ...lines].join("\n")}`;
}

/** `growth-engine guard explain [rule]`: reports and always exits 0 unless it could not tell. */
export async function explain(
  rule: string | undefined,
  options: ExplainOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const paint = paintFor(context.colour);
  if (rule !== undefined) {
    const name = parseRule(rule);
    context.out(
      options.json
        ? `${JSON.stringify({ rule: name, ...RULES[name], page: pageOf(name) }, null, 2)}\n`
        : explainRule(name, paint),
    );
    return EXIT.ok;
  }
  const judgement = await judgeRange(
    await openRepository(context.cwd),
    await gatherSubject(options, context),
    "all",
  );
  const { report, facts } = judgement;
  context.out(
    options.json ? `${JSON.stringify({ facts, report }, null, 2)}\n` : explainText(judgement, paint),
  );
  return report.verdict === "error" ? EXIT.fault : EXIT.ok;
}
