import { homedir } from "node:os";
import { sep } from "node:path";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import type { Host } from "./host-tools.ts";
import type { ImportedLog } from "./import-log.ts";

/** What an import did, or would do. */
export interface ImportReport {
  host: Host;
  dryRun: boolean;
  logs: readonly ImportedLog[];
  /** Record files that got lines, from the top of the repository. */
  files: readonly string[];
  /** Texts that lost a secret. */
  redacted: number;
}

const MOST_SAID = 20;

/** The home folder is as long as it is well known. */
function shown(path: string): string {
  const home = homedir() + sep;
  return printable(path.startsWith(home) ? `~${sep}${path.slice(home.length)}` : path);
}

function several(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function total(logs: readonly ImportedLog[], of: "added" | "known" | "earlier" | "waiting"): number {
  return logs.reduce((sum, log) => sum + log[of], 0);
}

function warn(said: readonly string[], word: string, { err, colour }: CommandContext): void {
  const paint = paintFor(colour);
  for (const each of said.slice(0, MOST_SAID)) err(`${paint("yellow", word)} ${each}\n`);
  if (said.length > MOST_SAID) err(`${paint("yellow", word)} … and ${said.length - MOST_SAID} more\n`);
}

function sayTroubles({ logs, redacted }: ImportReport, context: CommandContext): void {
  const read = logs.filter(({ skipped }) => skipped === null);
  const problems = read.flatMap(({ path, problems: found }) =>
    found.map(({ line, message }) => `${shown(path)}:${line}: ${printable(message)}`),
  );
  warn(problems, "broken", context);
  const skipped = logs.flatMap(({ path, skipped: why }) =>
    why === null ? [] : [`${shown(path)}: ${printable(why)}`],
  );
  warn(skipped, "skipped", context);
  if (redacted > 0) warn([`${several(redacted, "secret")} taken out`], "redacted", context);
}

function summary({ logs, dryRun }: ImportReport): string {
  const read = logs.filter(({ skipped }) => skipped === null);
  const added = total(read, "added");
  const known = total(read, "known");
  const waiting = total(read, "waiting");
  const earlier = total(read, "earlier");
  const parts = [
    `${several(added, "call")} of ${several(read.length, "log")} ${dryRun ? "would be recorded" : "recorded"}`,
    ...(known > 0 ? [`${known} known already`] : []),
    ...(waiting > 0 ? [`${waiting} without an answer yet`] : []),
    ...(earlier > 0 ? [`${earlier} from before --since`] : []),
  ];
  return `${parts.join(", ")}\n`;
}

const asJson = ({ host, dryRun, logs, files, redacted }: ImportReport) => ({
  host,
  dry_run: dryRun,
  added: total(logs, "added"),
  known: total(logs, "known"),
  files,
  redacted,
  logs,
});

/** Prints what an import did. `searched` is the folder in which logs were looked for; null when they were named. */
export function renderImport(
  report: ImportReport,
  searched: string | null,
  json: boolean,
  context: CommandContext,
): void {
  // In the host's own folder lie the logs of all checkouts: that others are passed over is no news.
  const logs =
    searched === null ? report.logs : report.logs.filter(({ session, skipped }) => !(session && skipped));
  const said = { ...report, logs };
  sayTroubles(said, context);
  if (json) {
    context.out(`${JSON.stringify(asJson(said), null, 2)}\n`);
    return;
  }
  if (searched !== null && logs.length === 0)
    context.err(`no session of this checkout below ${shown(searched)}\n`);
  for (const file of report.files) context.out(`${printable(file)}\n`);
  context.out(summary(said));
}
