import { JsonLines, type LineVisitor, type RecordPath } from "../record/index.ts";
import { CappedFindings, type CollectedFindings } from "./capped-findings.ts";
import { fingerprint } from "./fingerprint.ts";
import { orderOf } from "./judge-chain.ts";
import { judgeLine, lineRules } from "./judge-line.ts";
import { recorderKind } from "./recorder-kind.ts";
import { RepeatedFingerprints, type Run } from "./repeated-fingerprints.ts";
import { type Session, SessionChains } from "./session-chains.ts";

type Value = Readonly<Record<string, unknown>>;
type FilesWithChunks = AsyncIterable<[file: RecordPath, chunks: AsyncIterable<Buffer> | Iterable<Buffer>]>;

/** What single lines are held against; can be sent to another thread. */
export interface LineChecks {
  /** Tools that lines may name; empty allows any. */
  tools: readonly string[];
  /** Sums of lines that a redaction took out. */
  redacted: ReadonlySet<string>;
}

/** What a reading found in a part of the files, as it is sent between threads. */
export interface PartRead {
  lines: number;
  findings: CollectedFindings;
  ids: Run[];
  sessions: [key: string, Session][];
}

export function isTombstone({ redacted }: Value, known: ReadonlySet<string>): boolean {
  return known.size > 0 && typeof redacted === "string" && known.has(redacted);
}

export function sessionKey(agent: string, { session }: Value): string | null {
  return typeof session === "string" && session !== "" ? `${agent}\0${session}` : null;
}

/** Where the ids of an agent's lines begin: those of each kind of recorder for themselves. */
export function idSeeds(agent: string): (kind: string) => number {
  const seeds = new Map<string, number>();
  return (kind) => {
    const known = seeds.get(kind);
    if (known !== undefined) return known;
    const seed = fingerprint(kind === "" ? agent : `${agent}\0${kind}`);
    seeds.set(kind, seed);
    return seed;
  };
}

/** Reads every line of files, in order. */
export async function eachFile(
  files: FilesWithChunks,
  visitorFor: (file: RecordPath) => LineVisitor,
  ended: (file: RecordPath, objects: number) => void = () => undefined,
): Promise<void> {
  for await (const [file, chunks] of files) {
    const lines = new JsonLines(visitorFor(file));
    for await (const chunk of chunks) lines.write(chunk);
    ended(file, lines.end().objects);
  }
}

/** Holds every line against the rules that need no other one, and notes what may be wrong between lines. */
export class FirstReading {
  readonly findings = new CappedFindings();
  readonly ids = new RepeatedFingerprints();
  readonly chains = new SessionChains();
  lines = 0;
  readonly #checks: LineChecks;
  #broken = 0;

  constructor(checks: LineChecks) {
    this.#checks = checks;
  }

  async read(files: FilesWithChunks): Promise<void> {
    await eachFile(
      files,
      (file) => this.#visitorFor(file),
      ({ path }, objects) => {
        const lines = objects + this.#broken;
        this.lines += lines;
        if (lines === 0)
          this.findings.add({ rule: "evidence/empty", message: `${path} holds no line`, file: path });
      },
    );
  }

  #visitorFor(file: RecordPath): LineVisitor {
    const { findings, ids, chains } = this;
    const { tools, redacted } = this.#checks;
    const held = lineRules(file, tools, null);
    const seed = idSeeds(file.agent);
    this.#broken = 0;
    return {
      object(value, line, text) {
        if (isTombstone(value, redacted)) return;
        const judged = judgeLine(value, line, held);
        if (judged.findings.length > 0) findings.addAll(judged.findings);
        const id = value.request_id;
        if (typeof id === "string" && id !== "") ids.add(fingerprint(id, seed(recorderKind(value))));
        const key = sessionKey(file.agent, value);
        if (key !== null) chains.add(key, text, value.prev, orderOf(value, judged.instant));
      },
      problem: ({ kind, line, column, message }) => {
        this.#broken += 1;
        findings.add({ rule: `evidence/${kind}`, message, file: file.path, line, column });
      },
    };
  }

  /** All of it. Ends the reading. */
  result(): PartRead {
    const { lines, findings, ids, chains } = this;
    return { lines, findings: findings.collected(), ids: ids.runs(), sessions: chains.sessions() };
  }

  /** Goes on with what was read of the files that stand after those of this reading. */
  addPart({ lines, findings, ids, sessions }: PartRead): void {
    this.lines += lines;
    this.findings.addCollected(findings);
    this.ids.addRuns(ids);
    this.chains.addSessions(sessions);
  }
}
