import type { Beat } from "./beat.ts";

/** In time order; equal instants keep the order of their files and lines. */
export function inTimeOrder(beats: readonly Beat[]): Beat[] {
  const comparePlace = (a: Beat, b: Beat) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
  return [...beats].sort((a, b) => a.time - b.time || comparePlace(a, b));
}

/** Each beat with the next one of the same agent and task. One pair at a time: there may be a million. */
export function* neighbours(beats: readonly Beat[]): Generator<[earlier: Beat, later: Beat]> {
  let earlier: Beat | undefined;
  for (const later of inTimeOrder(beats)) {
    if (earlier) yield [earlier, later];
    earlier = later;
  }
}
