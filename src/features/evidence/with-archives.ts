import { isCalendarDate } from "../../vocabulary/timestamp.ts";
import type { ArchivedRecords } from "../record/index.ts";
import { type EvidenceSource, isAsked } from "./evidence-source.ts";
import { archiveFinding } from "./find-bad-archives.ts";

export interface ArchivesAsked {
  /** Files, folders or archives; none asks for all. */
  asked?: readonly string[];
  isMonthWanted?: (month: string) => boolean;
}

/** May an archive of this month hold what is asked? A path that names no date may lie in any. */
function mayHold(month: string, asked: readonly string[]): boolean {
  const dates = asked.map((path) => path.split("/")[2] ?? "");
  return dates.length === 0 || dates.some((date) => !isCalendarDate(date) || date.startsWith(month));
}

/** A source, and before it the evidence files inside archives. Its files and findings are whole after a reading. */
export function withArchives(
  source: EvidenceSource,
  archived: ArchivedRecords,
  { asked = [], isMonthWanted = () => true }: ArchivesAsked = {},
): EvidenceSource {
  return {
    ...(source.root === undefined ? {} : { root: source.root }),
    get files() {
      return [...archived.files, ...source.files];
    },
    get findings() {
      return [...source.findings, ...archived.problems.map(archiveFinding)];
    },
    async *read(isWanted = () => true) {
      const found = archived.read({
        isWanted: (file) =>
          file.kind === "evidence" &&
          (isAsked(file.path, asked) || isAsked(file.archive ?? "", asked)) &&
          isWanted(file),
        isMonthWanted: (month) => isMonthWanted(month) && mayHold(month, asked),
      });
      for await (const { file, content } of found) yield [file, [content]];
      yield* source.read(isWanted);
    },
  };
}
