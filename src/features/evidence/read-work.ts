import { type Commit, type Repository, readCommitChanges } from "../../platform/git/index.ts";
import { isConsultation } from "../../vocabulary/action.ts";
import type { Config } from "../config/index.ts";
import { JsonLines, parseRecordPath } from "../record/index.ts";
import { checkLine } from "./check-line.ts";
import { codeMatcher } from "./code-matcher.ts";
import type { CommitWork } from "./measure-coverage.ts";
import { type AddedText, readAddedText } from "./read-added-text.ts";

function evidenceOf(texts: readonly AddedText[]): CommitWork["evidence"] {
  const found = new Map<string, CommitWork["evidence"][number]>();
  for (const { path, lines } of texts) {
    const file = parseRecordPath(path);
    if (file?.kind !== "evidence") continue;
    const reader = new JsonLines({
      object(value) {
        if (!isConsultation(value) || checkLine(value).faults.length > 0) return;
        const tool = String(value.tool);
        const key = `${file.agent}\0${tool}`;
        const seen = found.get(key) ?? { agent: file.agent, tool, lines: 0 };
        found.set(key, { ...seen, lines: seen.lines + 1 });
      },
      problem: () => undefined,
    });
    reader.write(Buffer.from(lines.join("\n")));
    reader.end();
  }
  return [...found.values()];
}

/** What each commit did, for coverage. Merge commits are left out: what they bring was changed by other commits. */
export async function readWork(
  repository: Repository,
  commits: readonly Commit[],
  config: Config,
): Promise<CommitWork[]> {
  const single = commits.filter(({ parents }) => parents.length === 1);
  const isCode = codeMatcher(config);
  const code = new Map<string, string[]>();
  for (const { commit, changes } of await readCommitChanges(repository, single, "."))
    code.set(commit.id, changes.map(({ path }) => path).filter(isCode));
  const texts = new Map<string, AddedText[]>();
  for (const added of await readAddedText(repository, single))
    texts.set(added.commit, [...(texts.get(added.commit) ?? []), added]);
  return single.map(({ id }) => ({
    commit: id,
    code: code.get(id) ?? [],
    evidence: evidenceOf(texts.get(id) ?? []),
  }));
}
