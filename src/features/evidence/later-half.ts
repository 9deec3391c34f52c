/** So many bytes take 110 ms to read and check at 150 MB/s (bench/evidence-verify.mjs), and a thread 40 ms to start. */
export const WORTH_A_THREAD = 16 << 20;

/**
 * The files at the end of a list that hold about half of all bytes, cut where the halves differ least; none when
 * either half is not worth a thread.
 * @param bytes the size of each file
 */
export function laterHalf<File>(files: readonly File[], bytes: readonly number[]): readonly File[] {
  const total = bytes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  let cut = 0;
  for (; cut < files.length; cut += 1) {
    const after = before + (bytes[cut] ?? 0);
    if (Math.abs(total - 2 * after) >= Math.abs(total - 2 * before)) break;
    before = after;
  }
  return Math.min(before, total - before) < WORTH_A_THREAD ? [] : files.slice(cut);
}
