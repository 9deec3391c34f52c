/** The lines of a record file for comparison: without line ends, blank lines and BOM. Latin-1 keeps bytes apart. */
export function linesOf(content: Buffer): string[] {
  const text = content.toString("latin1").replace(/^\xEF\xBB\xBF/, "");
  return text.split("\n").flatMap((line) => {
    const bare = line.endsWith("\r") ? line.slice(0, -1) : line;
    return bare.trim() === "" ? [] : [bare];
  });
}
