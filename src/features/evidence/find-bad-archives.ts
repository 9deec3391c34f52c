import type { Range, Repository } from "../../platform/git/index.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { type ArchiveProblem, archivedAmong, shellWord } from "../record/index.ts";

export function archiveFinding({ archive, message }: ArchiveProblem): Finding {
  const word = shellWord(archive);
  const hint = `git log --oneline -- ${word} shows who changed it; git checkout <commit> -- ${word} takes a whole one back`;
  return { rule: "evidence/bad-archive", message, file: archive, hint };
}

/** What is wrong with the archives that a range adds or changes, as they stand at its head. */
export async function findBadArchives(repository: Repository, { head, changes }: Range): Promise<Finding[]> {
  const changed = changes.filter(({ newBlob }) => newBlob !== null).map(({ path }) => path);
  const archived = archivedAmong(repository, head.id, changed);
  // Read through for what is wrong with it; what the files hold was judged when they were new.
  for await (const _ of archived.read());
  return archived.problems.map(archiveFinding);
}
