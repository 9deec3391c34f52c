import { type CommandContext, paintFor, printable, renderTable } from "../../platform/terminal/index.ts";
import type { LeftFile } from "../record/index.ts";

/** What an archiving did, or would do. */
export interface ArchivedReport {
  /** The first date that stays. */
  before: string;
  /** How old that is, for people. */
  age: string;
  dryRun: boolean;
  archives: {
    archive: string;
    /** In it now. */
    files: number;
    /** Of them, those that left the tree. */
    moved: number;
    /** Bytes of its files. */
    unpacked: number;
    /** Of the archive; null where nothing was written. */
    bytes: number | null;
    sha256: string | null;
  }[];
  left: LeftFile[];
  /** Patterns by which git ignores an archive. */
  ignored: string[];
}

const MOST_LISTED = 20;
const UNITS = ["B", "kB", "MB", "GB"];

function oneLine(text: string): string {
  return printable(text).replaceAll(/[\t\n]/g, " ");
}

function count(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
}

/** `8.1 MB`, in powers of a thousand. */
function sizeOf(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const number = bytes / 1_000 ** power;
  return `${power === 0 ? number : number.toPrecision(3)} ${UNITS[power]}`;
}

function renderArchives({ archives, dryRun }: ArchivedReport): string {
  const rows = archives.map(({ archive, files, moved, unpacked, bytes }) => [
    archive,
    moved.toLocaleString("en"),
    files.toLocaleString("en"),
    sizeOf(unpacked),
    bytes === null ? "–" : sizeOf(bytes),
  ]);
  const moving = dryRun ? "would move" : "moved";
  return renderTable(["archive", moving, "files in it", "unpacked", "packed"], rows);
}

function renderLeft(left: readonly LeftFile[]): string {
  if (left.length === 0) return "";
  const shown = left.slice(0, MOST_LISTED).map(({ path, reason }) => `  ${oneLine(path)} ${reason}\n`);
  const more = left.length > MOST_LISTED ? `  and ${left.length - MOST_LISTED} more: --json names all\n` : "";
  return `\nleft where they are: ${count(left.length, "file")}\n${shown.join("")}${more}`;
}

/** `2026-01`, `2026-01 to 2026-04`. */
function monthsOf({ archives }: ArchivedReport): string {
  const months = archives.map(({ archive }) => archive.slice(-"2026-01.tar.gz".length, -".tar.gz".length));
  const [first = "", last = first] = [months[0], months.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}

/** All in one commit, since the guard asks of each commit whether lines that left a file stand in an archive. */
function renderCommit(report: ArchivedReport): string {
  const paths = report.archives.map(({ archive }) => archive).join(" ");
  const ignored = report.ignored.map(
    (rule) => `\ngit ignores the archive (${printable(rule)}): -f adds it all the same`,
  );
  return `${ignored.join("")}
at the top of the repository, commit both together, so that the guard sees the lines move:
  git add -f -- ${paths}
  git add -u -- artifacts
  git commit -m "Archive records of ${monthsOf(report)}"
`;
}

/** What was done, what was left and why, and what is to be committed. */
export function renderArchived(report: ArchivedReport, { colour }: Pick<CommandContext, "colour">): string {
  const { archives, left, before, age, dryRun } = report;
  const limit = `older than ${age} (of folders before ${before})`;
  if (archives.length === 0) return `nothing to archive: no committed records ${limit}\n${renderLeft(left)}`;
  const moved = archives.reduce((sum, archive) => sum + archive.moved, 0);
  const done = dryRun
    ? `would archive ${count(moved, "file")} ${limit}; nothing was written`
    : `${paintFor(colour)("green", "archived")} ${count(moved, "file")} ${limit}: read back, every sum compared, then deleted`;
  return `${renderArchives(report)}\n${done}\n${renderLeft(left)}${dryRun ? "" : renderCommit(report)}`;
}
