import type { Finding } from "../../vocabulary/finding.ts";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { nameArchives } from "../record/index.ts";
import type { CappedFindings } from "./capped-findings.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import { fingerprint } from "./fingerprint.ts";
import { eachFile, idSeeds, isTombstone, type LineChecks, sessionKey } from "./first-reading.ts";
import { type ChainLink, judgeChain, missingLinks, orderOf } from "./judge-chain.ts";
import { readOnThreads } from "./read-on-threads.ts";
import { recorderKind } from "./recorder-kind.ts";
import { sumOf } from "./search-history.ts";

/** So many ids that occur twice are looked up; the rest are counted. */
const MOST_REPEATED = 100_000;

export interface VerifyRules extends LineChecks {
  /** Which of these sums some commit of the repository holds; asked only where a chain is broken. */
  searchHistory(agents: readonly string[], wanted: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface VerifiedLines {
  findings: Finding[];
  lines: number;
}

/** What the first reading leaves for a second: fingerprints and sessions that were seen in an odd way. */
interface Suspects {
  ids: ReadonlySet<number>;
  sessions: ReadonlySet<string>;
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
  await eachFile(source.read(), (file) => {
    const seed = idSeeds(file.agent);
    const noteId = (id: string, kind: string, line: number) => {
      const key = `${file.agent}\0${kind}\0${id}`;
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
        const kind = recorderKind(value);
        if (typeof id === "string" && id !== "" && ids.has(fingerprint(id, seed(kind))))
          noteId(id, kind, line);
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
  const { findings, lines, ids, chains } = await readOnThreads(source, rules);
  const { repeated, more } = ids.take(MOST_REPEATED);
  const sessions = chains.suspects();
  if (repeated.size + sessions.size > 0) {
    const links = await readSuspects(source, { ids: repeated, sessions }, rules.redacted, findings);
    const wanted = [...links.values()].flatMap((session) => missingLinks(session, rules.redacted));
    const agents = [...new Set([...links.keys()].map((key) => key.slice(0, key.indexOf("\0"))))];
    const inHistory = await rules.searchHistory(agents, wanted);
    for (const session of links.values())
      findings.addAll(judgeChain(session, { redacted: rules.redacted, inHistory }));
  }
  const all = [...source.findings, ...nameArchives(findings.all(), source.files)];
  if (more > 0) {
    const message = `${more} more ids stand on more than one line and are not listed`;
    all.push({ rule: "evidence/duplicate-request-id", message });
  }
  return { findings: all, lines };
}
