/** A text in at most so many characters; what does not fit ends with `…`. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  return `${characters
    .slice(0, Math.max(0, width - 1))
    .join("")
    .trimEnd()}…`;
}
