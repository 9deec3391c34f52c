import { Gzip } from "fflate";
import { type Pack, pack } from "tar-stream";
import { EPOCH } from "../../../platform/clock/index.ts";
import { MANIFEST } from "./manifest.ts";

/** A record file on its way into an archive. */
export interface PackedFile {
  path: string;
  content: Buffer;
}

/** The compressor sees pieces of this size, so that the same files always make the same bytes. */
const PIECE_BYTES = 64 * 1024;
/** Nothing of the machine, the person or the time. */
const HEADER = {
  type: "file",
  mode: 0o644,
  uid: 0,
  gid: 0,
  uname: "",
  gname: "",
  mtime: EPOCH,
} as const;

function putEntry(tar: Pack, { path, content }: PackedFile): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    tar.entry({ ...HEADER, name: path, size: content.length }, content, done);
  });
}

async function feed(tar: Pack, manifest: Buffer, files: AsyncIterable<PackedFile>): Promise<void> {
  try {
    await putEntry(tar, { path: MANIFEST, content: manifest });
    for await (const file of files) await putEntry(tar, file);
    tar.finalize();
  } catch (error) {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function* cutPieces(chunks: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (; rest.length >= PIECE_BYTES; rest = rest.subarray(PIECE_BYTES)) yield rest.subarray(0, PIECE_BYTES);
  }
  yield rest;
}

/**
 * Writes a `tar.gz` of the manifest and the files, in the order given. The same files make the same bytes on every
 * machine: the compressor is one written in JavaScript, because each build of Node brings a zlib of its own.
 */
export async function packArchive(
  manifest: Buffer,
  files: AsyncIterable<PackedFile>,
  append: (bytes: Uint8Array) => void,
): Promise<void> {
  const tar = pack();
  const feeding = feed(tar, manifest, files);
  // Thrown below; the reading of the tar fails first.
  feeding.catch(() => undefined);
  const gzip = new Gzip({ level: 6, mtime: 0 }, append);
  try {
    for await (const piece of cutPieces(tar)) gzip.push(piece);
  } finally {
    await feeding;
  }
  gzip.push(new Uint8Array(0), true);
}
