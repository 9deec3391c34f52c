import { createHash } from "node:crypto";
import { Fault } from "../errors/index.ts";
import type { Repository } from "./repository.ts";

const SPACE = 32;
const END = 0;
const SHA256_HEX = 64;

/** One entry of a tree object: its bytes, and the name in them (gitformat: `<mode> <name>\0<id>`). */
interface RawEntry {
  name: string;
  bytes: Buffer;
}

function entriesOf(object: Buffer, idBytes: number): RawEntry[] {
  const entries: RawEntry[] = [];
  for (let at = 0; at < object.length; ) {
    const space = object.indexOf(SPACE, at);
    const end = object.indexOf(END, space);
    if (space < 0 || end < 0) throw new Fault("GIT_FAILED", "git printed no tree object");
    const next = end + 1 + idBytes;
    entries.push({ name: object.toString("latin1", space + 1, end), bytes: object.subarray(at, next) });
    at = next;
  }
  return entries;
}

/**
 * The id that a tree has without one of its top folders: computed from the object's own bytes, so that nothing is
 * written. A tree without that folder keeps its id.
 * @param object what `git cat-file tree` prints
 * @param id of the tree, 40 or 64 hexadecimal digits; says which hash the repository uses
 */
export function idWithout(object: Buffer, id: string, folder: string): string {
  const kept = entriesOf(object, id.length / 2).filter(({ name }) => name !== folder);
  const content = Buffer.concat(kept.map(({ bytes }) => bytes));
  const hash = createHash(id.length === SHA256_HEX ? "sha256" : "sha1");
  return hash.update(`tree ${content.length}\0`).update(content).digest("hex");
}

/** The id of a commit's tree without one of its top folders. */
export async function treeWithout(repository: Repository, commit: string, folder: string): Promise<string> {
  const asked = ["rev-parse", "--verify", "--end-of-options", `${commit}^{tree}`];
  const id = (await repository.git(asked)).stdout.toString().trim();
  return idWithout((await repository.git(["cat-file", "tree", id])).stdout, id, folder);
}
