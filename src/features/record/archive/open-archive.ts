import { Refusal } from "../../../platform/errors/index.ts";
import { type Repository, workingTree } from "../../../platform/git/index.ts";
import { shellWord } from "../mend-rewrite.ts";
import { MAX_ARCHIVE } from "./read-archive.ts";
import { type ArchivedFile, readArchived } from "./read-archived.ts";

/** An archive on disk that is whole, in memory as it is packed. */
export interface OpenArchive {
  packed: Buffer;
  /** Path → SHA-256, in the order of the entries. */
  sums: ReadonlyMap<string, string>;
  files(): AsyncGenerator<ArchivedFile>;
}

const NOTHING_REPORTED = () => undefined;

async function readPacked(repository: Repository, archive: string): Promise<Buffer | null> {
  for await (const [, found] of workingTree(repository).read([archive], MAX_ARCHIVE)) {
    if ("content" in found) return found.content;
    if ("tooLarge" in found)
      throw new Refusal("INPUT_TOO_LARGE", `${archive} is larger than 256 MiB`, {
        hint: "leave it as it is",
      });
  }
  return null;
}

function refuse(archive: string, problem: string): never {
  const word = shellWord(archive);
  throw new Refusal("INPUT_INVALID", `${archive}: ${problem}; nothing was changed`, {
    hint: `git checkout HEAD -- ${word} takes the last whole one back; one that was made by hand: tar -xzf ${word}, then git rm ${word}, and archive again`,
  });
}

/** Reads an archive through; null when there is none. @throws Refusal where it is not whole, or in no order */
export async function openArchive(repository: Repository, archive: string): Promise<OpenArchive | null> {
  const packed = await readPacked(repository, archive);
  if (packed === null) return null;
  const problems: string[] = [];
  const sums = new Map<string, string>();
  let last = "";
  const report = (problem: string) => problems.length === 0 && problems.push(problem);
  for await (const { file, sum } of readArchived(archive, packed, () => true, report)) {
    if (file.path <= last) report(`entry ${JSON.stringify(file.path.slice(0, 200))} is out of order`);
    last = file.path;
    sums.set(file.path, sum);
  }
  const [first] = problems;
  if (first !== undefined) refuse(archive, first);
  return { packed, sums, files: () => readArchived(archive, packed, () => true, NOTHING_REPORTED) };
}
