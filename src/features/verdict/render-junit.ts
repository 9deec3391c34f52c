import { printable } from "../../platform/terminal/index.ts";
import type { GuardVerdict, LevelledFinding } from "../../vocabulary/finding.ts";
import { guardsOf, isWhole, mendOf, placeOf, type Renderer } from "./renderer.ts";

/** How one test case ends. */
type Outcome = "passed" | "failure" | "error" | "skipped";

interface Case {
  outcome: Outcome;
  xml: string;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Control characters are illegal in XML 1.0 even as entities, so they are shown (`printable`). */
function escapeText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** A reader turns a bare line end or tab in an attribute into a space. */
function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const text = escapeText(String(value)).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
      return ` ${name}="${text}"`;
    })
    .join("");
}

function detailsOf(finding: LevelledFinding): string {
  const place = placeOf(finding);
  return [
    ...(place === null ? [] : [place]),
    finding.message,
    ...(finding.chain ? [`Chain: ${finding.chain.join(" → ")}`] : []),
    `Mend: ${mendOf(finding)}`,
  ].join("\n");
}

function testCase(outcome: Outcome, name: Record<string, string | number | undefined>, body: string): Case {
  const open = `    <testcase${attributes(name)}`;
  return { outcome, xml: body === "" ? `${open}/>` : `${open}>${body}</testcase>` };
}

/** What an override let through is shown as skipped: the verdict is a pass, and the finding stays visible. */
function findingCase(guard: GuardVerdict, finding: LevelledFinding, overridden: string | null): Case {
  const { rule, level, message, file, line } = finding;
  const place = placeOf(finding);
  const name = { classname: guard.guard, name: place === null ? rule : `${rule} ${place}`, file, line };
  const details = escapeText(detailsOf(finding));
  if (level !== "block") return testCase("passed", name, `<system-out>${level}: ${details}</system-out>`);
  if (overridden === null) {
    return testCase("failure", name, `<failure${attributes({ message, type: rule })}>${details}</failure>`);
  }
  const skipped = `<skipped${attributes({ message: overridden })}/>`;
  return testCase("skipped", name, `${skipped}<system-out>${details}</system-out>`);
}

/** The guard itself is a test case where no finding tells its verdict. */
function guardCase(guard: GuardVerdict, overridden: string | null): Case[] {
  const name = { classname: guard.guard, name: guard.guard };
  const message = attributes({ message: guard.summary });
  const type = attributes({ type: guard.verdict });
  if (guard.verdict === "error") return [testCase("error", name, `<error${message}${type}/>`)];
  if (guard.verdict === "not-applicable") return [testCase("skipped", name, `<skipped${message}/>`)];
  if (guard.verdict === "fail" && !guard.findings.some(({ level }) => level === "block")) {
    if (overridden !== null)
      return [testCase("skipped", name, `<skipped${attributes({ message: overridden })}/>`)];
    return [testCase("failure", name, `<failure${message}${type}/>`)];
  }
  if (guard.findings.length > 0) return [];
  return [testCase("passed", name, `<system-out>${escapeText(guard.summary)}</system-out>`)];
}

function casesOf(guard: GuardVerdict, overridden: string | null): Case[] {
  return [
    ...guardCase(guard, overridden),
    ...guard.findings.map((finding) => findingCase(guard, finding, overridden)),
  ];
}

function totals(cases: readonly Case[]): Record<string, number> {
  const count = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

/** JUnit XML: one test suite per guard, one test case per finding. */
export const renderJunit: Renderer = (subject) => {
  const override = isWhole(subject) ? subject.overridden : undefined;
  const overridden = override
    ? `overridden by ${override.by} until ${override.until}: ${override.reason}`
    : null;
  const suites = guardsOf(subject).map((guard) => ({ guard, cases: casesOf(guard, overridden) }));
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "Growth Engine", ...totals(all) })}>`,
    ...suites.flatMap(({ guard, cases }) => [
      `  <testsuite${attributes({ name: guard.guard, ...totals(cases) })}>`,
      ...cases.map(({ xml }) => xml),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
};
