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

/** What the new lines refer to: their own texts, and per agent their ids and sessions. */
class References {
  readonly texts = new Set<string>();
  readonly #ids = new Set<string>();
  readonly #sessions = new Set<string>();
  readonly #agents = new Set<string>();

  constructor(lines: readonly NewLine[]) {
    for (const { file, text, id, session } of lines) {
      this.texts.add(text);
      this.#agents.add(file.agent);
      if (id !== null) this.#ids.add(`${file.agent}\0${id}`);
      if (session !== null) this.#sessions.add(`${file.agent}\0${session}`);
    }
  }

  /** Is it cheap to see that this line is not referred to? Then it is not parsed. */
  #mayMatter(agent: string, text: string): boolean {
    if (!this.#agents.has(agent)) return false;
    if (text.includes("\\") || (this.#sessions.size > 0 && text.includes('"session"'))) return true;
    const id = /"request_id"\s*:\s*"([^"]*)"/.exec(text)?.[1];
    return id !== undefined && this.#ids.has(`${agent}\0${id}`);
  }

  /** The line, parsed, when a new line has its id or session. */
  match(file: RecordPath, text: string): EarlierLine | null {
    if (!this.#mayMatter(file.agent, text)) return null;
    try {
      const value = JSON.parse(text) as Record<string, unknown> | null;
      const [id, session] = [textOr(value?.request_id), textOr(value?.session)];
      const matters =
        this.#ids.has(`${file.agent}\0${id}`) || this.#sessions.has(`${file.agent}\0${session}`);
      return matters ? { file, text, id, session, prev: value?.prev } : null;
    } catch {
      // A broken line of the base holds no id and no session.
      return null;
    }
  }
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
  const references = new References(added.flatMap(({ lines }) => lines));
  const brings = added.some(({ lines, problems }) => lines.length + problems.length > 0);
  const blobs = brings ? await listEarlier(repository, range) : [];
  const stood = new Set<string>();
  const earlier = new Map<string, EarlierLine>();
  await eachBlobLine(repository, references.texts.size > 0 ? blobs : [], (text, { file }) => {
    if (references.texts.has(text)) stood.add(text);
    else if (!earlier.has(text)) {
      const match = references.match(file, text);
      if (match !== null) earlier.set(text, match);
    }
  });
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
  const all = added.flatMap(({ lines }) => lines);
  const lines = all.filter(({ text }) => !stood.has(text));
  return {
    files,
    lines,
    copied: all.length - lines.length,
    earlier: [...earlier.values()],
    problems: capped.all(),
  };
}
