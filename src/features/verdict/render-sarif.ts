import { createHash } from "node:crypto";
import type { GuardVerdict, LevelledFinding } from "../../vocabulary/finding.ts";
import type { Level } from "../../vocabulary/level.ts";
import { pageAddress, pageOf, RULE_NAMES, RULES, type RuleName } from "../../vocabulary/rules/index.ts";
import { guardsOf, isWhole, type Renderer, type Subject } from "./renderer.ts";
import type { Override } from "./verdict.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const ROOT = "%SRCROOT%";

/**
 * Where a finding about no file is shown: the file whose rules spoke. GitHub code scanning refuses a whole
 * upload when one result has no location (github/codeql-action/issues/2459).
 */
const GOVERNING_FILE = "growth-engine.json";

const SARIF_LEVEL: Record<Level, "none" | "note" | "warning" | "error"> = {
  off: "none",
  observe: "note",
  warn: "warning",
  block: "error",
};

const RULE_INDEX = new Map(RULE_NAMES.map((name, index) => [name, index]));

function ruleDescriptor(name: RuleName, version: string) {
  const { level, says, mend } = RULES[name];
  return {
    id: name,
    shortDescription: { text: says },
    fullDescription: { text: says },
    helpUri: pageAddress(name, version),
    help: { text: `${mend} Page: ${pageOf(name)}.`, markdown: `${mend} Page: \`${pageOf(name)}\`.` },
    defaultConfiguration: { enabled: level !== "off", level: SARIF_LEVEL[level] },
    properties: { tags: [name.slice(0, name.indexOf("/"))] },
  };
}

/** A viewer makes a link of `[text](target)`, also in plain messages (SARIF 2.1.0 §3.11.6). */
function message(text: string): { text: string } {
  return { text: text.replaceAll("](", "] (") };
}

/** Null for what is no plain path inside the repository: such a name must not lead a viewer out of it. */
function uriOf(file: string): string | null {
  const names = file.split("/");
  if (names.some((name) => name === "" || name === "." || name === "..")) return null;
  return names.map(encodeURIComponent).join("/");
}

function physicalLocation(file: string | undefined, line?: number, column?: number) {
  const uri = file === undefined ? null : uriOf(file);
  const artifactLocation = { uri: uri ?? GOVERNING_FILE, uriBaseId: ROOT };
  if (uri === null || line === undefined || line < 1) return { artifactLocation };
  const startColumn = column !== undefined && column >= 1 ? { startColumn: column } : {};
  return { artifactLocation, region: { startLine: line, ...startColumn } };
}

/** The steps of a chain are places; its last element, the package, has none and is named by the step before. */
function codeFlows(chain: readonly string[]) {
  const locations = chain.slice(0, -1).map((step, index) => {
    const [, file, line] = /^(.*):(\d{1,9})$/s.exec(step) ?? [];
    const place = file === undefined ? physicalLocation(step) : physicalLocation(file, Number(line));
    return { location: { physicalLocation: place, message: message(`reaches ${chain[index + 1] ?? ""}`) } };
  });
  return locations.length === 0 ? {} : { codeFlows: [{ threadFlows: [{ locations }] }] };
}

/** The same finding keeps its print when lines move; the ordinal tells equal ones apart. */
class Fingerprints {
  private readonly seen = new Map<string, number>();

  of({ rule, file, message: text, chain }: LevelledFinding): string {
    const files = chain?.map((step) => step.replace(/:\d+$/, ""));
    const facts = JSON.stringify([rule, file ?? null, text, files ?? null]);
    const print = createHash("sha256").update(facts).digest("hex").slice(0, 32);
    const ordinal = (this.seen.get(print) ?? 0) + 1;
    this.seen.set(print, ordinal);
    return `${print}:${ordinal}`;
  }
}

function suppressions(finding: LevelledFinding, override: Override | undefined) {
  if (!override || finding.level !== "block") return {};
  const justification = `Overridden by ${override.by} until ${override.until}: ${override.reason}`;
  return { suppressions: [{ kind: "external", status: "accepted", justification }] };
}

function result(finding: LevelledFinding, guard: string, print: string, override: Override | undefined) {
  const { rule, level, file, line, column, hint, chain } = finding;
  const text = hint === undefined ? finding.message : `${finding.message}\nMend: ${hint}`;
  return {
    ruleId: rule,
    ruleIndex: RULE_INDEX.get(rule) ?? -1,
    level: SARIF_LEVEL[level],
    message: message(text),
    locations: [{ physicalLocation: physicalLocation(file, line, column) }],
    ...codeFlows(chain ?? []),
    partialFingerprints: { "growthEngineFinding/v1": print },
    ...suppressions(finding, override),
    properties: { guard },
  };
}

function results(guards: readonly GuardVerdict[], override: Override | undefined) {
  const prints = new Fingerprints();
  return guards.flatMap(({ guard, findings }) =>
    findings.map((finding) => result(finding, guard, prints.of(finding), override)),
  );
}

/** A guard that could not tell makes the run unsuccessful, so that no viewer reads "no results" as clean. */
function invocation(subject: Subject) {
  const notifications = guardsOf(subject)
    .filter(({ verdict }) => verdict === "error")
    .map(({ guard, summary }) => ({ level: "error", message: message(`${guard}: ${summary}`) }));
  const executionSuccessful = subject.verdict !== "error" && notifications.length === 0;
  return { executionSuccessful, toolExecutionNotifications: notifications };
}

function runProperties(subject: Subject) {
  const guards = guardsOf(subject).map(({ guard, verdict, summary }) => ({ guard, verdict, summary }));
  if (!isWhole(subject)) return { verdict: subject.verdict, guards };
  const { verdict, base, head, rules } = subject;
  return { verdict, base, head, rules, guards };
}

/** SARIF 2.1.0, one run: GitHub refuses several runs of one tool in one upload. */
export const renderSarif: Renderer = (subject, { version }) => {
  const driver = {
    name: "Growth Engine",
    version,
    rules: RULE_NAMES.map((name) => ruleDescriptor(name, version)),
  };
  const override = isWhole(subject) ? subject.overridden : undefined;
  const run = {
    tool: { driver },
    invocations: [invocation(subject)],
    originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
    columnKind: "utf16CodeUnits",
    results: results(guardsOf(subject), override),
    properties: runProperties(subject),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
};
