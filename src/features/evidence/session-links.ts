import { JsonLines, type RecordPath } from "../record/index.ts";
import type { Entry } from "./read-entries.ts";
import { sumOf } from "./search-history.ts";
import { workingEvidence } from "./working-evidence.ts";

/** What the next line of a session goes on from. */
interface LatestLine {
  sum: string;
  seq: number | null;
}

function seqOf({ seq }: Entry): number | null {
  return typeof seq === "number" && Number.isSafeInteger(seq) ? seq : null;
}

/** The files by day, the youngest day first. */
function byDay(files: readonly RecordPath[]): RecordPath[][] {
  const days = [...new Set(files.map(({ date }) => date))].sort().reverse();
  return days.map((day) => files.filter(({ date }) => date === day));
}

/** The line of the session in these files that no other line follows; of several, the last. */
async function openEnd(
  root: string,
  files: readonly RecordPath[],
  session: string,
): Promise<LatestLine | null> {
  const lines: LatestLine[] = [];
  const followed = new Set<unknown>();
  const paths = files.map(({ path }) => path);
  for await (const [, chunks] of workingEvidence(root, paths).read()) {
    const reader = new JsonLines({
      object(value, _line, text) {
        if (value.session !== session) return;
        lines.push({ sum: sumOf(text), seq: seqOf(value) });
        followed.add(value.prev);
      },
      problem: () => undefined,
    });
    for await (const chunk of chunks) reader.write(chunk);
    reader.end();
  }
  return lines.filter(({ sum }) => !followed.has(sum)).at(-1) ?? null;
}

async function latestOf(root: string, agent: string, session: string): Promise<LatestLine | null> {
  const { files } = workingEvidence(root, [`artifacts/${agent}`]);
  for (const day of byDay(files)) {
    const latest = await openEnd(root, day, session);
    if (latest !== null) return latest;
  }
  return null;
}

/** Goes on with the chains of sessions: an entry of a session that has lines names the last of them as `prev`. */
export class SessionLinks {
  readonly #root: string;
  readonly #latest = new Map<string, LatestLine | null>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The entry as it is written next; what it says of `prev` and `seq` itself stands. */
  async link(entry: Entry): Promise<Entry> {
    const { agent, session } = entry;
    if (typeof session !== "string") return entry;
    const key = `${agent}\0${session}`;
    const known = this.#latest.get(key);
    const latest = known === undefined ? await latestOf(this.#root, String(agent), session) : known;
    const linked = { ...entry };
    if (latest !== null && !Object.hasOwn(entry, "prev")) {
      if (latest.seq !== null && !Object.hasOwn(entry, "seq")) linked.seq = latest.seq + 1;
      linked.prev = latest.sum;
    }
    this.#latest.set(key, { sum: sumOf(JSON.stringify(linked)), seq: seqOf(linked) });
    return linked;
  }
}
