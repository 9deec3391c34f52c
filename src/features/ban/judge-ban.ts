import type { Finding } from "../../vocabulary/finding.ts";
import type { BanFacts, ImportFact, Reach, SpawnFact, UnparsableFact, UnresolvedFact } from "./facts.ts";
import { mendImport } from "./mend-import.ts";

const SAYS: Record<ImportFact["form"], string> = {
  import: "imports",
  "re-export": "re-exports",
  "dynamic import": "imports (when it runs)",
  require: "requires",
  resolve: "resolves",
  url: "addresses",
  type: "names types of",
  script: "loads",
};

/** Where a finding stands, and the chain that leads to it: its first element is the place. */
function placeOf(
  { file, line, column, reach }: { file: string; line: number; column?: number; reach: Reach },
  end: string,
): Pick<Finding, "file" | "line" | "column" | "chain"> {
  const [first] = reach.entry === null ? reach.steps : [];
  if (!first) return column === undefined ? { file, line } : { file, line, column };
  const chain = [...reach.steps.map((step) => `${step.file}:${step.line}`), `${file}:${line}`, end];
  return { file: first.file, line: first.line, chain };
}

/** ` (production: app/main.ts → app/a.ts → …)` where entries decide what is production. */
function throughEntry({ entry, steps }: Reach, file: string): string {
  if (entry === null) return "";
  if (steps.length === 0) return " (it is an entry of production)";
  const way = [...steps.map((step) => `${step.file}:${step.line}`), file].join(" → ");
  return ` (production reaches it from the entry ${entry}: ${way})`;
}

function judgeImport(fact: ImportFact): Finding {
  const { file, package: name, specifier, form, reach, typeOnly } = fact;
  const written = specifier === name ? name : `${name} (as "${specifier}")`;
  const what = `${SAYS[form]} ${written}`;
  const entry = throughEntry(reach, file);
  if (typeOnly) {
    return {
      rule: "ban/type-only",
      message: `${file} takes only types from ${written}${entry}`,
      ...placeOf({ ...fact, reach: { steps: [], entry: null } }, name),
      hint: "nothing must be done: the build erases it",
    };
  }
  if (reach.entry === null && reach.steps.length > 0) {
    return {
      rule: "ban/transitive",
      message: `production reaches ${file}, which ${what}`,
      ...placeOf(fact, name),
      hint: mendImport(`${reach.steps[0]?.file}:${reach.steps[0]?.line}`),
    };
  }
  return {
    rule: "ban/import",
    message: `${file} is production and ${what}${entry}`,
    ...placeOf(fact, name),
    hint: mendImport(null),
  };
}

function judgeSpawn(fact: SpawnFact): Finding {
  const { file, command, package: name, reach } = fact;
  const reached = reach.entry === null && reach.steps.length > 0;
  const who = reached ? `production reaches ${file}, which starts` : `${file} starts`;
  return {
    rule: "ban/spawn",
    message: `${who} ${name}: ${command}${throughEntry(reach, file)}`,
    ...placeOf(fact, name),
    hint: "start the server from development tooling only",
  };
}

function judgeUnparsable(fact: UnparsableFact): Finding {
  const { file, reason, reach } = fact;
  return {
    rule: "ban/unparsable",
    message: `${file} holds the name of a banned package or leads to one, and could not be read: ${reason}${throughEntry(reach, file)}`,
    ...placeOf(fact, file),
    hint: "mend the syntax or the encoding (UTF-8), or take the file out of `ban.production`",
  };
}

function judgeUnresolved(fact: UnresolvedFact): Finding {
  const { file, line, column, specifier, isGuess, submodule } = fact;
  const where = submodule === undefined ? "to no file of the tree" : `into the submodule ${submodule}`;
  const meaning = isGuess
    ? "its package's entry is not in the tree, so it counts as an import of every file of the package"
    : "a chain through it cannot be seen";
  return {
    rule: "ban/unresolved",
    message: `"${specifier}" leads ${where}: ${meaning}`,
    file,
    line,
    ...(column === undefined ? {} : { column }),
    hint:
      submodule === undefined
        ? "correct the path, or commit the file"
        : `${submodule} is a repository of its own: run growth-engine ban scan inside it`,
  };
}

/** What the facts mean under the rules of the ban. */
export function judgeBan(facts: BanFacts): Finding[] {
  return [
    ...facts.imports.map(judgeImport),
    ...facts.dependencies.map(
      ({ file, line, section, name, package: banned }): Finding => ({
        rule: "ban/dependency",
        message: `${section} lists ${banned}${name === banned ? "" : ` under the name ${name}`}`,
        file,
        line,
        hint: `npm install --save-dev ${name === banned ? banned : `${name}@npm:${banned}`}, or npm uninstall ${name}`,
      }),
    ),
    ...facts.spawns.map(judgeSpawn),
    ...facts.unparsable.map(judgeUnparsable),
    ...facts.unresolved.map(judgeUnresolved),
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** One sentence: how many files were seen, what was not looked into, what was found. */
export function summariseBan(facts: BanFacts, findings: readonly Finding[]): string {
  const { files, links, submodules, tree } = facts;
  const apart = [
    ...(links > 0 ? [counted(links, "link", "links")] : []),
    ...(submodules > 0 ? [counted(submodules, "submodule", "submodules")] : []),
  ];
  const not = apart.length > 0 ? `, ${apart.join(" and ")} not looked into` : "";
  const serious = findings.filter(({ rule }) => rule !== "ban/unresolved" && rule !== "ban/type-only").length;
  const found = serious === 0 ? "no banned package in production" : counted(serious, "finding", "findings");
  return `${found}; ${counted(files, "file", "files")} of ${tree} seen${not}`;
}
