import type { BanFacts } from "./facts.ts";
import { judgeBan } from "./judge-ban.ts";

/** Where production meets a banned package: what is counted over time. */
export interface Violation {
  rule: "ban/import" | "ban/transitive" | "ban/dependency" | "ban/spawn";
  package: string;
  /** The file that names the package. */
  file: string;
}

/** Every place at which production holds or reaches a banned package, each once. Types that the build erases are none. */
export function listViolations(facts: BanFacts): Violation[] {
  const found = new Map<string, Violation>();
  const add = (violation: Violation) =>
    found.set(`${violation.rule}\0${violation.file}\0${violation.package}`, violation);
  for (const fact of facts.imports) {
    const [finding] = judgeBan({
      ...facts,
      imports: [fact],
      dependencies: [],
      spawns: [],
      unparsable: [],
      unresolved: [],
    });
    if (finding?.rule === "ban/import" || finding?.rule === "ban/transitive")
      add({ rule: finding.rule, package: fact.package, file: fact.file });
  }
  for (const fact of facts.dependencies)
    add({ rule: "ban/dependency", package: fact.package, file: fact.file });
  for (const fact of facts.spawns) add({ rule: "ban/spawn", package: fact.package, file: fact.file });
  return [...found.values()];
}
