import type { Finding } from "../../vocabulary/finding.ts";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { JsonLines, type LineVisitor, nameArchives, type RecordPath } from "../record/index.ts";
import { CappedFindings } from "./capped-findings.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import { fingerprint } from "./fingerprint.ts";
import { type ChainLink, judgeChain, missingLinks, orderOf } from "./judge-chain.ts";
import { judgeLine, lineRules } from "./judge-line.ts";
import { RepeatedFingerprints } from "./repeated-fingerprints.ts";
import { sumOf } from "./search-history.ts";
import { SessionChains } from "./session-chains.ts";

/** So many ids that occur twice are looked up; the rest are counted. */
const MOST_REPEATED = 100_000;

type Value = Readonly<Record<string, unknown>>;

export interface VerifyRules {
  /** Tools that lines may name; empty allows any. */
  tools: readonly string[];
  /** Sums of lines that a redaction took out. */
  redacted: ReadonlySet<string>;
  /** Which of these sums some commit of the repository holds; asked only where a chain is broken. */
  searchHistory(agents: readonly string[], wanted: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface VerifiedLines {
  findings: Finding[];
  lines: number;
}

/** What the first reading leaves for a second: fingerprints and sessions that were seen in an odd way. */
interface Suspects {
  ids: Set<number>;
  /** Further ids that occur twice. */
  moreIds: number;
  sessions: Set<string>;
}

function isTombstone({ redacted }: Value, known: ReadonlySet<string>): boolean {
  return known.size > 0 && typeof redacted === "string" && known.has(redacted);
}

function sessionKey(agent: string, { session }: Value): string | null {
  return typeof session === "string" && session !== "" ? `${agent}\0${session}` : null;
}

async function eachFile(
  source: EvidenceSource,
  visitorFor: (file: RecordPath) => LineVisitor,
  ended: (file: RecordPath, objects: number) => void = () => undefined,
): Promise<void> {
  for await (const [file, chunks] of source.read()) {
    const lines = new JsonLines(visitorFor(file));
    for await (const chunk of chunks) lines.write(chunk);
    ended(file, lines.end().objects);
  }
}

/** Holds every line against the rules that need no other one, and notes what may be wrong between lines. */
async function readOnce(
  source: EvidenceSource,
  rules: VerifyRules,
  findings: CappedFindings,
): Promise<Suspects & { lines: number }> {
  const ids = new RepeatedFingerprints();
  const chains = new SessionChains();
  let lines = 0;
  let broken = 0;
  const visitorFor = (file: RecordPath): LineVisitor => {
    const held = lineRules(file, rules.tools, null);
    const seed = fingerprint(file.agent);
    broken = 0;
    return {
      object(value, line, text) {
        if (isTombstone(value, rules.redacted)) return;
        const judged = judgeLine(value, line, held);
        if (judged.findings.length > 0) findings.addAll(judged.findings);
        const id = value.request_id;
        if (typeof id === "string" && id !== "") ids.add(fingerprint(id, seed));
        const key = sessionKey(file.agent, value);
        if (key !== null) chains.add(key, text, value.prev, orderOf(value, judged.instant));
      },
      problem({ kind, line, column, message }) {
        broken += 1;
        findings.add({ rule: `evidence/${kind}`, message, file: file.path, line, column });
      },
    };
  };
  await eachFile(source, visitorFor, ({ path }, objects) => {
    lines += objects + broken;
    if (objects + broken === 0)
      findings.add({ rule: "evidence/empty", message: `${path} holds no line`, file: path });
  });
  const { repeated, more } = ids.take(MOST_REPEATED);
  return { ids: repeated, moreIds: more, sessions: chains.suspects(), lines };
}

/** Reads again and keeps what the suspects are about, so that what is reported was compared letter by letter. */
async function readSuspects(
  source: EvidenceSource,
  { ids, sessions }: Suspects,
  redacted: ReadonlySet<string>,
  findings: CappedFindings,
): Promise<Map<string, ChainLink[]>> {
  const places = new Map<string, string>();
  const links = new Map<string, ChainLink[]>([...sessions].map((key) => [key, []]));
  await eachFile(source, (file) => {
    const seed = fingerprint(file.agent);
    const noteId = (id: string, line: number) => {
      const key = `${file.agent}\0${id}`;
      const place = places.get(key);
      if (place === undefined) places.set(key, `${file.path}:${line}`);
      else {
        const message = `request_id ${JSON.stringify(id.slice(0, 80))} stands in ${place} already`;
        findings.add({ rule: "evidence/duplicate-request-id", message, file: file.path, line });
      }
    };
    return {
      object(value, line, text) {
        if (isTombstone(value, redacted)) return;
        const id = value.request_id;
        if (typeof id === "string" && id !== "" && ids.has(fingerprint(id, seed))) noteId(id, line);
        const { prev, timestamp } = value;
        const key = sessionKey(file.agent, value);
        const order = orderOf(
          value,
          typeof timestamp === "string" ? (parseTimestamp(timestamp) ?? Number.NaN) : Number.NaN,
        );
        if (key !== null) links.get(key)?.push({ file: file.path, line, sum: sumOf(text), prev, order });
      },
      problem: () => undefined,
    };
  });
  return links;
}

/** Checks every line of a source: in one reading, and a second one where ids or chains look odd. */
export async function verifyLines(source: EvidenceSource, rules: VerifyRules): Promise<VerifiedLines> {
  const findings = new CappedFindings();
  const { lines, ...suspects } = await readOnce(source, rules, findings);
  if (suspects.ids.size + suspects.sessions.size > 0) {
    const links = await readSuspects(source, suspects, rules.redacted, findings);
    const wanted = [...links.values()].flatMap((session) => missingLinks(session, rules.redacted));
    const agents = [...new Set([...links.keys()].map((key) => key.slice(0, key.indexOf("\0"))))];
    const inHistory = await rules.searchHistory(agents, wanted);
    for (const session of links.values())
      findings.addAll(judgeChain(session, { redacted: rules.redacted, inHistory }));
  }
  const all = [...source.findings, ...nameArchives(findings.all(), source.files)];
  if (suspects.moreIds > 0) {
    const message = `${suspects.moreIds} more ids stand on more than one line and are not listed`;
    all.push({ rule: "evidence/duplicate-request-id", message });
  }
  return { findings: all, lines };
}
