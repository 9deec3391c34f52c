import { utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { openRepository, type Repository, resolveCommit, workingTree } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import {
  appendLine,
  fieldsOf,
  keptFields,
  lineSum,
  parseRecordPath,
  REDACTIONS_FILE,
  type RecordPath,
  readRedactions,
  replaceLine,
  tombstoneOf,
} from "../record/index.ts";
import { REQUIRED_FIELDS } from "./contract.ts";
import { findRedactable, type Redactable } from "./find-redactable.ts";
import { fromTop } from "./from-top.ts";
import { lockRecords, recordsRoot } from "./lock-records.ts";
import { redactSecrets } from "./redact-secrets.ts";
import { type RedactedReport, renderRedacted } from "./render-redacted.ts";

export interface RedactOptions {
  reason: string;
  approver: string;
  dryRun?: boolean;
  json?: boolean;
}

/** What secretlint calls a secret in a line, and the line without it. */
interface Searched {
  kinds: string[];
  fields: string[];
  cleaned: string;
}

/** Fields whose names may be printed: any other name may itself be what leaked. */
const KNOWN_FIELDS = new Set<string>([
  ...REQUIRED_FIELDS,
  ...[
    "agent",
    "task",
    "session",
    "server",
    "outcome",
    "progress",
    "status",
    "file",
    "head",
    "prev",
    "receipt",
  ],
]);
const MAX_TEXT = 1_000;
/** Shorter words of a reason are no secret worth the name. */
const SHORTEST_SECRET = 8;

function parseTarget(repository: Repository, word: string | undefined, cwd: string): [RecordPath, number] {
  const [, name = "", number = ""] = /^(.+):([1-9]\d{0,8})$/s.exec(word ?? "") ?? [];
  const [path = ""] = name === "" ? [] : fromTop(repository, [name], cwd);
  const file = parseRecordPath(path);
  if (file !== null) return [file, Number(number)];
  const shown = JSON.stringify((word ?? "").slice(0, 200));
  throw new Refusal("USAGE", `${shown} names no line of a record file`, {
    hint: "name it like artifacts/ada/2026-01-31/mcp/context7.jsonl:3",
  });
}

function checkText(option: string, text: string): string {
  const plain = text.trim();
  if (plain !== "" && plain.length <= MAX_TEXT) return plain;
  const why = plain === "" ? "is empty" : `is longer than ${MAX_TEXT} characters`;
  throw new Refusal("USAGE", `${option} ${why}`, {
    hint: '--reason "a token in doc_ref" --approver grace',
  });
}

/** A broken line is searched as one text. */
async function searchLine(text: string): Promise<Searched> {
  const { entries, taken } = await redactSecrets([fieldsOf(text) ?? { line: text }]);
  return {
    kinds: [...new Set(taken.map(({ rule }) => rule))],
    fields: [...new Set(taken.map(({ field }) => (KNOWN_FIELDS.has(field) ? field : "another field")))],
    cleaned: JSON.stringify(entries),
  };
}

/** A redaction is kept for ever: it must not say the secret again. */
async function refuseTelling(texts: readonly string[], line: string, { cleaned }: Searched): Promise<void> {
  const { taken } = await redactSecrets(texts.map((text) => ({ text })));
  const words = texts
    .flatMap((text) => text.split(/[\s"'`<>()]+/))
    .filter(({ length }) => length >= SHORTEST_SECRET);
  if (taken.length === 0 && !words.some((word) => line.includes(word) && !cleaned.includes(word))) return;
  throw new Refusal(
    "INPUT_INVALID",
    "nothing was written: --reason or --approver holds what looks like the secret",
    {
      hint: "say what kind of secret it is, and not the secret",
    },
  );
}

function isNamedElsewhere(content: Buffer, line: string, task: string): boolean {
  const others = content
    .toString("utf8")
    .split("\n")
    .filter((text) => text.includes('"task"') && text.trim() !== line);
  return others.some((text) => fieldsOf(text)?.task === task);
}

/** Other lines of the file with the same bytes: they hold the same secret. */
function linesAlike(content: Buffer, line: string): number[] {
  return content
    .toString("utf8")
    .split("\n")
    .flatMap((text, index) => (text.trim() === line.trim() ? [index + 1] : []));
}

/**
 * The redaction goes on record first, durably: where the second step is cut off, the line is still there, its
 * redaction covers it already, and the same command goes on.
 */
async function write(
  root: string,
  redactable: Redactable,
  tombstone: string,
  redaction: Record<string, unknown> | null,
): Promise<void> {
  if (redaction !== null) appendLine(root, REDACTIONS_FILE, redaction, { isDurable: true });
  await redactable.store(replaceLine(redactable.content, redactable.place, tombstone));
}

async function redact(
  repository: Repository,
  root: string,
  [file, line]: [RecordPath, number],
  options: RedactOptions,
  now: number,
): Promise<RedactedReport> {
  const reason = checkText("--reason", options.reason);
  const approver = checkText("--approver", options.approver);
  const onRecord = new Set((await readRedactions(workingTree(repository))).map(({ sha256 }) => sha256));
  const head = await resolveCommit(repository, "HEAD");
  const redactable = await findRedactable(repository, root, head, file, line, onRecord);
  const { content, place } = redactable;
  const text = content.toString("utf8", place.from, place.to);
  const searched = await searchLine(text);
  await refuseTelling([reason, approver], text, searched);
  const sha256 = lineSum(content.toString("latin1", place.from, place.to));
  const isPlainTask = (task: string) =>
    !searched.fields.includes("task") && isNamedElsewhere(content, text, task);
  const kept = keptFields(fieldsOf(text), file.kind, isPlainTask);
  const isOnRecord = onRecord.has(sha256);
  const timestamp = utcTimestamp(now);
  const redaction = isOnRecord ? null : { sha256, reason, approver, timestamp, file: file.path };
  if (!options.dryRun) await write(root, redactable, tombstoneOf(sha256, kept), redaction);
  return {
    file: file.path,
    line,
    stored: redactable.stored,
    sha256,
    kept: Object.keys(kept),
    kinds: searched.kinds,
    fields: searched.fields,
    reason,
    approver,
    wasOnRecord: isOnRecord,
    alike: linesAlike(content, text).filter((number) => number !== line),
    dryRun: options.dryRun === true,
  };
}

/** Puts a tombstone in the place of a line that holds a secret, and on record who approved it and why. */
export async function redactRecord(
  words: readonly string[],
  options: RedactOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const root = recordsRoot(repository);
  const target = parseTarget(repository, words[0], context.cwd);
  const run = () => redact(repository, root, target, options, context.clock.now());
  const report = await (options.dryRun ? run() : lockRecords(repository, run));
  context.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderRedacted(report, context));
  return EXIT.ok;
}
