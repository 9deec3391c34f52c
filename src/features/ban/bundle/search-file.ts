import { open } from "node:fs/promises";

const CHUNK = 1 << 20;

/** Does a file of any size hold one of these texts? Read in pieces that overlap, so that no text falls between two. */
export async function searchFile(path: string, texts: readonly string[]): Promise<boolean> {
  const needles = texts.map((text) => Buffer.from(text));
  const overlap = Math.max(0, ...needles.map((needle) => needle.length - 1));
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK + overlap);
    let kept = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, kept, CHUNK);
      if (bytesRead === 0) return false;
      const seen = buffer.subarray(0, kept + bytesRead);
      if (needles.some((needle) => seen.includes(needle))) return true;
      kept = Math.min(overlap, seen.length);
      seen.copyWithin(0, seen.length - kept);
    }
  } finally {
    await file.close();
  }
}
