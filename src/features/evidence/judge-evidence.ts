import { matchPaths } from "../../platform/globs/index.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { ASSURANCE_LEVELS, type AssuranceLevel, type Config } from "../config/index.ts";
import { mendRewrite, shellWord } from "../record/index.ts";
import type { CitedFile, EvidenceFacts } from "./evidence-facts.ts";

const IMPORT = "import:";

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? "" : "s"}`;
}

/** `a.ts`, or `a.ts and 3 more`. */
function some(names: readonly string[]): string {
  const [first = ""] = names;
  return names.length > 1 ? `${first} and ${names.length - 1} more` : first;
}

function addCommand(tool: string): string {
  return `growth-engine evidence add --agent <agent> --tool ${tool} --doc-ref <url> --purpose <why>, then git add -f artifacts && git commit`;
}

function judgeMissing({ changedCode, newLines, copiedLines, misplaced }: EvidenceFacts): Finding[] {
  if (changedCode.length === 0 || newLines > 0) return [];
  const changed = `${count(changedCode.length, "code file")} changed (${some(changedCode)})`;
  const nothing =
    copiedLines > 0
      ? `the ${count(copiedLines, "evidence line")} of this change stood at the base already`
      : "this change adds no valid evidence line";
  const near = misplaced === null ? "" : `; ${misplaced.path} is no evidence file: ${misplaced.reason}`;
  return [
    { rule: "evidence/missing", message: `${changed}, and ${nothing}${near}`, hint: addCommand("<tool>") },
  ];
}

function judgeCitedFile({ path, line, state, reason, lines }: CitedFile): Finding[] {
  const at = `line ${line} of the pull request text cites`;
  switch (state) {
    case "bad-path": {
      const message = `${at} ${JSON.stringify(path.slice(0, 200))}: ${reason ?? "it is no evidence file"}`;
      return [{ rule: "evidence/bad-path", message }];
    }
    case "not-found": {
      const message = `${at} ${path}, which the head commit does not hold`;
      return [{ rule: "evidence/not-found", message, file: path }];
    }
    case "untracked": {
      const message = `${at} ${path}, which lies on disk but is not part of the head commit`;
      const hint = `git add -f -- ${shellWord(path)} && git commit`;
      return [{ rule: "evidence/untracked", message, file: path, hint }];
    }
    case "found":
      return lines > 0 ? [] : [{ rule: "evidence/empty", message: `${path} holds no line`, file: path }];
  }
}

function judgeReused(cited: readonly CitedFile[]): Finding[] {
  const read = cited.filter(({ state, lines }) => state === "found" && lines > 0);
  const [first] = read;
  if (first === undefined || read.some(({ newLines }) => newLines > 0)) return [];
  const all = read.reduce((sum, { lines }) => sum + lines, 0);
  const message = `${all === 1 ? "the one line" : `all ${all} lines`} of the cited evidence (${some(read.map(({ path }) => path))}) stood at the base already`;
  return [{ rule: "evidence/reused", message, file: first.path }];
}

function judgeEmpty({ files, cited }: EvidenceFacts): Finding[] {
  const said = new Set(cited?.map(({ path }) => path));
  return files
    .filter(({ path, lines }) => lines === 0 && !said.has(path))
    .map(({ path }) => ({ rule: "evidence/empty", message: `${path} holds no line`, file: path }));
}

function judgeRewrites({ rewrites }: EvidenceFacts): Finding[] {
  return rewrites.map((rewrite) => {
    const { kind, file, commit, line, what } = rewrite;
    const message = `in commit ${commit.slice(0, 7)} ${what}`;
    if (kind === "redacted") return { rule: "evidence/redacted", message, file, line };
    return { rule: "evidence/rewritten", message, file, line, hint: mendRewrite(rewrite) };
  });
}

/** Changed files that a key of `evidence.requireTools` speaks of. */
function filesFor(key: string, { changedPaths, imports }: EvidenceFacts): string[] {
  if (!key.startsWith(IMPORT)) return changedPaths.filter(matchPaths([key]));
  const matches = matchPaths([key.slice(IMPORT.length)]);
  return Object.entries(imports)
    .filter(([, packages]) => packages.some((name) => matches(name)))
    .map(([path]) => path);
}

function judgeRequiredTools(facts: EvidenceFacts, config: Config): Finding[] {
  return Object.entries(config.evidence.requireTools).flatMap(([key, tools]) => {
    const files = filesFor(key, facts);
    const [file] = files;
    if (file === undefined) return [];
    const because = key.startsWith(IMPORT)
      ? `${some(files)} imports ${key.slice(IMPORT.length)}`
      : `${some(files)} matches ${key}`;
    return tools
      .filter((tool) => !facts.tools.includes(tool))
      .map((tool) => ({
        rule: "evidence/required-tool-missing" as const,
        message: `${because}, which needs evidence from ${tool}; this change shows none`,
        file,
        hint: addCommand(shellWord(tool)),
      }));
  });
}

function reachedBy({ assurance }: EvidenceFacts): AssuranceLevel | null {
  if (assurance.receipted > 0) return "receipted";
  if (assurance.recorded > 0) return "recorded";
  return assurance.claimed > 0 ? "claimed" : null;
}

/** Where no receipt can hold, that is why. */
function whyUnreceipted({ receipts }: Config): string {
  const missing = Object.entries(receipts).flatMap(([key, words]) =>
    words.length === 0 ? [`receipts.${key}`] : [],
  );
  return missing.length === 0 ? "" : `; no receipt holds without ${missing.join(" and ")} in the config`;
}

function judgeAssurance(facts: EvidenceFacts, config: Config): Finding[] {
  const reached = reachedBy(facts);
  const rank = reached === null ? -1 : ASSURANCE_LEVELS.indexOf(reached);
  // Without any line the rule `missing` has said so where code changed; asking for a level of nothing adds nothing.
  if (reached === null && facts.changedCode.length > 0) return [];
  return Object.entries(config.evidence.require).flatMap(([glob, level]) => {
    const files = facts.changedPaths.filter(matchPaths([glob]));
    const [file] = files;
    if (file === undefined || rank >= ASSURANCE_LEVELS.indexOf(level)) return [];
    const carried = reached === null ? "carries none" : `reaches ${reached}`;
    const receipts = level === "receipted" ? whyUnreceipted(config) : "";
    const message = `${some(files)} requires ${level} evidence (evidence.require ${JSON.stringify(glob)}), and this change ${carried}${receipts}`;
    return [{ rule: "evidence/assurance-too-low" as const, message, file }];
  });
}

/** What the facts about a range break of the rules of guard-mcp, those about the pull request's sections aside. */
export function judgeEvidence(facts: EvidenceFacts, config: Config): Finding[] {
  const cited = facts.cited ?? [];
  return [
    ...judgeMissing(facts),
    ...cited.flatMap(judgeCitedFile),
    ...judgeReused(cited),
    ...judgeEmpty(facts),
    ...facts.lineFindings,
    ...judgeRewrites(facts),
    ...judgeRequiredTools(facts, config),
    ...judgeAssurance(facts, config),
  ];
}

/** One sentence about the evidence of a range. */
export function summariseEvidence({ changedCode, newLines, files, tools }: EvidenceFacts): string {
  const code = `${count(changedCode.length, "code file")} changed`;
  if (newLines === 0) return `${code}; no valid evidence line was added`;
  const held = files.filter((file) => file.newLines > 0);
  const agents = [...new Set(held.map(({ agent }) => agent))].sort();
  return `${code}; ${count(newLines, "evidence line")} added in ${count(held.length, "file")} by ${some(agents)} (${tools.slice(0, 5).join(", ")}${tools.length > 5 ? ", …" : ""})`;
}
