import type { Range, Repository } from "../../platform/git/index.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import type { AssuranceLevel, Config } from "../config/index.ts";
import { type AddedVisitor, type RecordPath, readAdded } from "../record/index.ts";
import { assuranceOf } from "./assurance-of.ts";
import { CappedFindings } from "./capped-findings.ts";
import { type EvidenceBlob, eachBlobLine, evidenceAmong, listRecords } from "./each-blob-line.ts";
import type { ChangedFile } from "./evidence-facts.ts";
import { orderOf } from "./judge-chain.ts";
import { type JudgedLine, judgeLine, type LineRules, lineRules } from "./judge-line.ts";

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
}

/** A line of an agent's evidence that stood at the base, parsed because a new line refers to it. */
export interface EarlierLine {
  file: RecordPath;
  text: string;
  id: string | null;
  session: string | null;
  prev: unknown;
}

export interface NewLines {
  files: ChangedFile[];
  lines: NewLine[];
  /** Added lines that stood in some evidence file at the base. */
  copied: number;
  /** Lines at the base with the `request_id` or the `session` of a new line of the same agent. */
  earlier: EarlierLine[];
  /** New lines that could not be read as objects. */
  problems: Finding[];
}

/** How `JSON.stringify` writes it, before the value. */
const ID = '"request_id":"';

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

/** Tells which lines of the base matter: those that a new line repeats, and those with its id or session. */
class EarlierLines {
  readonly stood = new Set<string>();
  readonly found = new Map<string, EarlierLine>();
  readonly #texts = new Set<string>();
  /** Few lines have the length of a new one: only for these the text is hashed. */
  readonly #lengths = new Set<number>();
  readonly #agents = new Map<string, References>();

  constructor(lines: readonly NewLine[]) {
    for (const { file, text, id, session } of lines) {
      this.#texts.add(text);
      this.#lengths.add(text.length);
      const of = this.#agents.get(file.agent) ?? { ids: new Set(), sessions: new Set() };
      if (id !== null) of.ids.add(id);
      if (session !== null) of.sessions.add(session);
      this.#agents.set(file.agent, of);
    }
  }

  visit(file: RecordPath, text: string): void {
    if (this.#lengths.has(text.length) && this.#texts.has(text)) this.stood.add(text);
    else {
      const of = this.#agents.get(file.agent);
      if (of !== undefined && mayMatter(text, of)) this.#read(file, text, of);
    }
  }

  #read(file: RecordPath, text: string, { ids, sessions }: References): void {
    const key = `${file.agent}\0${text}`;
    if (this.found.has(key)) return;
    const value = parsed(text);
    const [id, session] = [textOr(value?.request_id), textOr(value?.session)];
    if ((id !== null && ids.has(id)) || (session !== null && sessions.has(session)))
      this.found.set(key, { file, text, id, session, prev: value?.prev });
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

/** Cheap to say, and false only when the line has no id or session of the agent's new lines. */
function mayMatter(text: string, { ids, sessions }: References): boolean {
  if (sessions.size > 0 && text.includes('"session"')) return true;
  const key = text.indexOf(ID);
  if (key >= 0) {
    const end = text.indexOf('"', key + ID.length);
    if (ids.has(text.slice(key + ID.length, end))) return true;
  }
  // Spaces around the colon, escapes, or a second such key, through which no cheap look sees.
  return key < 0 || text.includes("\\") || text.indexOf(ID, key + 1) >= 0;
}

async function listEarlier(repository: Repository, range: Range): Promise<EvidenceBlob[]> {
  const commits = [...new Set([range.base, range.tip])];
  const listed = await Promise.all(commits.map((commit) => listRecords(repository, commit)));
  return listed.flatMap(evidenceAmong);
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
  const blobs = brings ? await listEarlier(repository, range) : [];
  await eachBlobLine(repository, all.length > 0 ? blobs : [], (text, { file }) => earlier.visit(file, text));
  const { stood } = earlier;
  const known = new Set(blobs.map(({ blob }) => blob));
  const newBlobs = new Map(range.changes.map(({ path, newBlob }) => [path, newBlob]));
  const capped = new CappedFindings();
  const files = added.map(({ file, lines, problems, count }) => {
    // A file that was moved or copied whole brings nothing, broken lines included.
    const moved = known.has(newBlobs.get(file.path) ?? "");
    if (!moved) capped.addAll(problems);
    const fresh = lines.filter(({ text }) => !stood.has(text)).length;
    return {
      path: file.path,
      agent: file.agent,
      lines: count,
      newLines: fresh + (moved ? 0 : problems.length),
    };
  });
  const lines = all.filter(({ text }) => !stood.has(text));
  return {
    files,
    lines,
    copied: all.length - lines.length,
    earlier: [...earlier.found.values()],
    problems: capped.all(),
  };
}
