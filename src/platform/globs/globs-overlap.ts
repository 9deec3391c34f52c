import { ANY, type GlobForm, MANY, type Mark, type Segment } from "./read-glob.ts";

/** What a name has been so far: nothing, `.`, `..`, or something that no folder link is called. */
const NOTHING = 0;
const OTHER = 3;
const DOT = 46;

function after(so: number, mark: Mark): number {
  return mark === DOT && so < 2 ? so + 1 : OTHER;
}

/** The character that both take here, or null. Where both take any, one that makes the name an ordinary one. */
function common(one: Mark | undefined, other: Mark | undefined): Mark | null {
  if (one === undefined || other === undefined) return null;
  if (one < 0) return other < 0 ? ANY : other;
  return other < 0 || one === other ? one : null;
}

/**
 * Is there a name that both take? Walks the pairs of places in the two, each once, together with what the name has
 * been so far: `.` and `..` are no names.
 */
export function namesOverlap(one: readonly Mark[], other: readonly Mark[]): boolean {
  const width = other.length + 1;
  const seen = new Uint8Array((one.length + 1) * width * (OTHER + 1));
  const stack: [number, number, number][] = [[0, 0, NOTHING]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [i, j, so] = next;
    const key = (i * width + j) * (OTHER + 1) + so;
    if (seen[key]) continue;
    seen[key] = 1;
    if (i === one.length && j === other.length && so === OTHER) return true;
    if (one[i] === MANY) stack.push([i + 1, j, so]);
    if (other[j] === MANY) stack.push([i, j + 1, so]);
    const mark = common(one[i], other[j]);
    if (mark === null) continue;
    stack.push([one[i] === MANY ? i : i + 1, other[j] === MANY ? j : j + 1, after(so, mark)]);
  }
  return false;
}

/** Is there a row of names that both take, from these places on? */
function segmentsOverlap(one: readonly Segment[], other: readonly Segment[]): boolean {
  const width = other.length + 1;
  const seen = new Uint8Array((one.length + 1) * width);
  const stack: [number, number][] = [[0, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [i, j] = next;
    if (seen[i * width + j]) continue;
    seen[i * width + j] = 1;
    const [left, right] = [one[i], other[j]];
    if (left === undefined && right === undefined) return true;
    if (left === null) stack.push([i + 1, j]);
    if (right === null) stack.push([i, j + 1]);
    if (left === undefined || right === undefined) continue;
    if (left !== null && right !== null && !namesOverlap(left, right)) continue;
    stack.push([left === null ? i : i + 1, right === null ? j : j + 1]);
  }
  return false;
}

/** Is there a path that both globs match? Decided by the globs alone, in time of the product of their lengths. */
export function globsOverlap(one: GlobForm, other: GlobForm): boolean {
  return segmentsOverlap(one.segments, other.segments);
}
