import type { Finding } from "../../../vocabulary/finding.ts";
import type { RecordPath } from "../record-path.ts";

/** Says of findings whose file lies in an archive which one that is: on disk nobody would find it. */
export function nameArchives(findings: readonly Finding[], files: readonly RecordPath[]): Finding[] {
  const archives = new Map(
    files.flatMap(({ path, archive }) => (archive === undefined ? [] : [[path, archive] as const])),
  );
  const loose = new Set(files.filter(({ archive }) => archive === undefined).map(({ path }) => path));
  return findings.map((finding) => {
    const archive = archives.get(finding.file ?? "");
    if (archive === undefined) return finding;
    const where = loose.has(finding.file ?? "") ? `here or in ${archive}` : `in ${archive}`;
    return { ...finding, message: `${finding.message} (${where})` };
  });
}
