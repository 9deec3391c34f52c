import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf, systemCode } from "../../platform/errors/index.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { parseRecordPath, RECORD_FOLDER, type RecordPath } from "../record/index.ts";
import { couldHoldEvidence, type EvidenceSource, isAsked, ledAway } from "./evidence-source.ts";

const BUFFER_BYTES = 240 * 1024;
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Synchronous, into one buffer: streams cost a third of the time that parsing takes. */
function* readPieces(path: string, buffer: Buffer): Generator<Buffer> {
  let file: number;
  try {
    file = openSync(path, FLAGS);
  } catch (cause) {
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
  try {
    if (!fstatSync(file).isFile()) return;
    for (;;) {
      const length = readSync(file, buffer, 0, buffer.length, null);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Walks what lies on disk, ignored or not, and never through a link. */
class Walk {
  readonly files: RecordPath[] = [];
  readonly findings: Finding[] = [];
  readonly #root: string;
  readonly #asked: readonly string[];

  constructor(root: string, asked: readonly string[]) {
    this.#root = root;
    this.#asked = asked;
  }

  #isOnTheWay(path: string): boolean {
    return isAsked(path, this.#asked) || this.#asked.some((word) => word.startsWith(`${path}/`));
  }

  visit(path: string, entry: { isSymbolicLink(): boolean; isDirectory(): boolean; isFile(): boolean }): void {
    if (!couldHoldEvidence(path) || !this.#isOnTheWay(path)) return;
    const file = parseRecordPath(path);
    if (entry.isSymbolicLink()) this.findings.push(ledAway(path, "link"));
    else if (entry.isDirectory()) this.#enter(path);
    else if (file?.kind !== "evidence") return;
    else if (entry.isFile()) this.files.push(file);
    else this.findings.push(ledAway(path, "other"));
  }

  #enter(folder: string): void {
    const entries = readdirSync(join(this.#root, folder), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) this.visit(`${folder}/${entry.name}`, entry);
  }
}

/** These files of a folder, each with its content in pieces that hold only until the next is taken. */
export async function* readFiles(
  root: string,
  files: readonly RecordPath[],
): AsyncGenerator<[file: RecordPath, chunks: Iterable<Buffer>]> {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  for (const file of files) yield [file, readPieces(join(root, file.path), buffer)];
}

/**
 * The evidence files on disk, git-ignored ones too.
 * @param asked files or folders, from the top of the repository; none asks for all
 */
export function workingEvidence(root: string, asked: readonly string[]): EvidenceSource {
  const walk = new Walk(root, asked);
  try {
    walk.visit(RECORD_FOLDER, lstatSync(join(root, RECORD_FOLDER)));
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") {
      throw new Fault("FILE_FAILED", `${RECORD_FOLDER} could not be read: ${messageOf(cause)}`, { cause });
    }
  }
  const { files, findings } = walk;
  return {
    files,
    findings,
    root,
    read: (isWanted = () => true) => readFiles(root, files.filter(isWanted)),
  };
}
