import type { Beat } from "./beat.ts";

/** In time order; equal instants keep the order of their files and lines. */
export function inTimeOrder(beats: readonly Beat[]): Beat[] {
  const comparePlace = (a: Beat, b: Beat) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
  return [...beats].sort((a, b) => a.time - b.time || comparePlace(a, b));
}

/** Each beat with the next one of the same agent and task. */
export function neighbours(beats: readonly Beat[]): [earlier: Beat, later: Beat][] {
  const ordered = inTimeOrder(beats);
  return ordered.slice(1).flatMap((later, index) => {
    const earlier = ordered[index];
    return earlier ? [[earlier, later] satisfies [Beat, Beat]] : [];
  });
}
