/** Halves of shorter names stand everywhere. */
export const MIN_JOINED = 8;

const BEGINS = ['"', "'", "`", "}"];
const ENDS = ['"', "'", "`", "${"];

function hasPiece(text: string, piece: string, at: "begin" | "end"): boolean {
  if (!text.includes(piece)) return false;
  return at === "begin"
    ? BEGINS.some((quote) => text.includes(quote + piece))
    : ENDS.some((quote) => text.includes(piece + quote));
}

/**
 * May constants of a text put a name together: does a literal end within the name and another one go on there, one of
 * the two holding at least half of it? The search finds such halves; what they make is for the parser to tell.
 * @param revealed the text as `revealText` gives it
 */
export function mayJoin(revealed: string, name: string): boolean {
  if (name.length < MIN_JOINED) return false;
  const half = Math.ceil(name.length / 2);
  // The other piece may be joined of several in its turn: its character at the joint must do.
  if (revealed.includes(name.slice(0, half)))
    for (let at = half; at < name.length; at += 1)
      if (hasPiece(revealed, name.slice(0, at), "end") && hasPiece(revealed, name.charAt(at), "begin"))
        return true;
  if (!revealed.includes(name.slice(-half))) return false;
  for (let at = 1; at <= name.length - half; at += 1)
    if (hasPiece(revealed, name.slice(at), "begin") && hasPiece(revealed, name.charAt(at - 1), "end"))
      return true;
  return false;
}
