import type { Range, Repository } from "../../platform/git/index.ts";
import { isConsultation } from "../../vocabulary/action.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import type { AssuranceLevel, Config } from "../config/index.ts";
import {
  type AddedVisitor,
  type ArchivedRecords,
  archivedAmong,
  type RecordPath,
  readAdded,
} from "../record/index.ts";
import { assuranceOf } from "./assurance-of.ts";
import { CappedFindings } from "./capped-findings.ts";
import { type EvidenceBlob, eachBlobLine, evidenceAmong, listRecords } from "./each-blob-line.ts";
import type { ChangedFile } from "./evidence-facts.ts";
import { orderOf } from "./judge-chain.ts";
import { type JudgedLine, judgeLine, type LineRules, lineRules } from "./judge-line.ts";
import { recorderKind } from "./recorder-kind.ts";
import { visitArchived } from "./visit-archived.ts";

/** A line that the range brought, taken apart as far as the guard asks. */
export interface NewLine extends JudgedLine {
  file: RecordPath;
  line: number;
  text: string;
  tool: string;
  id: string | null;
  session: string | null;
  prev: unknown;
  order: number;
  assurance: AssuranceLevel;
  /** Tells of something that was consulted, not of an edit or a run. */
  consults: boolean;
  /** See {@link recorderKind}. */
  kind: string;
}

/** A line of an agent's evidence that stood at the base, parsed because a new line refers to it. */
export interface EarlierLine {
  file: RecordPath;
  text: string;
  id: string | null;
  kind: string;
  session: string | null;
  prev: unknown;
}

export interface NewLines {
  files: ChangedFile[];
  lines: NewLine[];
  /** Added lines that tell of a call which stood in some evidence file at the base. */
  copied: number;
  /** Lines at the base with the `request_id` or the `session` of a new line of the same agent. */
  earlier: EarlierLine[];
  /** New lines that could not be read as objects. */
  problems: Finding[];
}

/** How `JSON.stringify` writes it, before the value. */
const ID = '"request_id":"';
const KEY = '"request_id"';

function textOr(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What one changed file brought. */
class AddedLines implements AddedVisitor {
  readonly file: RecordPath;
  readonly lines: NewLine[] = [];
  readonly problems: Finding[] = [];
  count = 0;
  readonly #rules: LineRules;
  readonly #redacted: ReadonlySet<string>;

  constructor(file: RecordPath, rules: LineRules, redacted: ReadonlySet<string>) {
    this.file = file;
    this.#rules = rules;
    this.#redacted = redacted;
  }

  object(value: Record<string, unknown>, line: number, text: string, added: boolean): void {
    this.count += 1;
    const { tool, request_id, session, prev, redacted } = value;
    if (!added || (typeof redacted === "string" && this.#redacted.has(redacted))) return;
    const judged = judgeLine(value, line, this.#rules);
    this.lines.push({
      ...judged,
      file: this.file,
      line,
      text,
      tool: textOr(tool) ?? "",
      id: textOr(request_id),
      session: textOr(session),
      prev,
      order: orderOf(value, judged.instant),
      assurance: assuranceOf(value),
      consults: isConsultation(value),
      kind: recorderKind(value),
    });
  }

  problem({ kind, line, column, message }: Parameters<AddedVisitor["problem"]>[0], added: boolean): void {
    this.count += 1;
    if (added) this.problems.push({ rule: `evidence/${kind}`, message, file: this.file.path, line, column });
  }
}

/** What the new lines of one agent refer to. */
interface References {
  ids: Set<string>;
  sessions: Set<string>;
}

/** One call has one id and one time, however its line is written, in whichever folder, under whatever tool. */
function callOf(id: string, instant: number): string {
  return `${instant}\0${id}`;
}

/** Tells which lines of the base matter: those that a new line repeats, and those with its id or session. */
class EarlierLines {
  readonly found = new Map<string, EarlierLine>();
  readonly #stood = new Set<string>();
  readonly #calls = new Set<string>();
  readonly #texts = new Set<string>();
  /** Few lines have the length of a new one: only for these the text is hashed. */
  readonly #lengths = new Set<number>();
  /** Of the new lines of all agents. */
  readonly #ids = new Set<string>();
  readonly #agents = new Map<string, References>();

  constructor(lines: readonly NewLine[]) {
    for (const { file, text, id, session } of lines) {
      this.#texts.add(text);
      this.#lengths.add(text.length);
      const of = this.#agents.get(file.agent) ?? { ids: new Set(), sessions: new Set() };
      if (id !== null) of.ids.add(id);
      if (id !== null) this.#ids.add(id);
      if (session !== null) of.sessions.add(session);
      this.#agents.set(file.agent, of);
    }
  }

  visit(file: RecordPath, text: string): void {
    if (this.#lengths.has(text.length) && this.#texts.has(text)) this.#stood.add(text);
    else {
      const of = this.#agents.get(file.agent);
      const named = of !== undefined && of.sessions.size > 0 && text.includes('"session"');
      if (named || mayName(text, this.#ids)) this.#read(file, text, of);
    }
  }

  #read(file: RecordPath, text: string, of: References | undefined): void {
    const value = parsed(text);
    const [id, session] = [textOr(value?.request_id), textOr(value?.session)];
    const instant = typeof value?.timestamp === "string" ? parseTimestamp(value.timestamp) : null;
    if (id !== null && instant !== null && this.#ids.has(id)) this.#calls.add(callOf(id, instant));
    if ((id !== null && of?.ids.has(id)) || (session !== null && of?.sessions.has(session)))
      this.found.set(`${file.agent}\0${text}`, {
        file,
        text,
        id,
        kind: value === null ? "" : recorderKind(value),
        session,
        prev: value?.prev,
      });
  }

  /** Does the call that the line tells of stand at the base? */
  holds({ text, id, instant }: NewLine): boolean {
    return this.#stood.has(text) || (id !== null && this.#calls.has(callOf(id, instant)));
  }
}

/** A broken line of the base holds no id and no session. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

/** Cheap to say, and false only when the line has none of these ids. */
function mayName(text: string, ids: ReadonlySet<string>): boolean {
  const key = text.indexOf(ID);
  // Spaces around the colon, or a key that is spelt with escapes.
  if (key < 0) return true;
  const from = key + ID.length;
  const id = text.slice(from, text.indexOf('"', from));
  // Through escapes, and past a second such key, no cheap look sees.
  return ids.has(id) || id.includes("\\") || text.includes("\\u") || text.indexOf(KEY, from) >= 0;
}

/** What stood at the base and at the target's tip: evidence files, and archives. */
async function listEarlier(
  repository: Repository,
  range: Range,
): Promise<{ blobs: EvidenceBlob[]; archived: ArchivedRecords[] }> {
  const blobs: EvidenceBlob[] = [];
  const archived: ArchivedRecords[] = [];
  const commits = [...new Set([range.base, range.tip])];
  const listed = await Promise.all(commits.map((commit) => listRecords(repository, commit)));
  for (const [index, commit] of commits.entries()) {
    const entries = listed[index] ?? [];
    const paths = entries.map(({ path }) => path);
    blobs.push(...evidenceAmong(entries));
    archived.push(archivedAmong(repository, commit, paths));
  }
  return { blobs, archived };
}

/**
 * Reads what the range adds to the evidence, and parts what is new from what was copied from lines that stood
 * in some evidence file where the branch left the target, or stand at the target's tip.
 */
export async function readNewLines(
  repository: Repository,
  range: Range,
  config: Config,
  redacted: ReadonlySet<string>,
): Promise<NewLines> {
  const added: AddedLines[] = [];
  await readAdded(repository, range, "evidence", (file) => {
    const lines = new AddedLines(file, lineRules(file, config.evidence.tools, range.head.time), redacted);
    added.push(lines);
    return lines;
  });
  const all = added.flatMap(({ lines }) => lines);
  const earlier = new EarlierLines(all);
  const brings = added.some(({ lines, problems }) => lines.length + problems.length > 0);
  const { blobs, archived } = brings ? await listEarlier(repository, range) : { blobs: [], archived: [] };
  await eachBlobLine(repository, all.length > 0 ? blobs : [], (text, { file }) => earlier.visit(file, text));
  const instants = all.filter(({ valid }) => valid).map(({ instant }) => instant);
  await visitArchived(archived, instants, (file, text) => earlier.visit(file, text));
  const known = new Set(blobs.map(({ blob }) => blob));
  const newBlobs = new Map(range.changes.map(({ path, newBlob }) => [path, newBlob]));
  const capped = new CappedFindings();
  const files = added.map(({ file, lines, problems, count }) => {
    // A file that was moved or copied whole brings nothing, broken lines included.
    const moved = known.has(newBlobs.get(file.path) ?? "");
    if (!moved) capped.addAll(problems);
    const fresh = lines.filter((line) => !earlier.holds(line)).length;
    return {
      path: file.path,
      agent: file.agent,
      lines: count,
      newLines: fresh + (moved ? 0 : problems.length),
    };
  });
  const lines = all.filter((line) => !earlier.holds(line));
  return {
    files,
    lines,
    copied: all.length - lines.length,
    earlier: [...earlier.found.values()],
    problems: capped.all(),
  };
}
