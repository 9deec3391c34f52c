/** A line that a change brings. */
export interface AddedLine {
  file: string;
  /** Counted from 1, in the new file. */
  line: number;
  text: string;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const FILE = /^\+\+\+ (?:"?b\/(.*?)"?|\/dev\/null)$/;

/** The lines that a diff without context (`git diff --unified=0`) adds. Counts in hunks say which line is which. */
export function addedLines(diff: string): AddedLine[] {
  const added: AddedLine[] = [];
  let file = "";
  let [removed, expected, line] = [0, 0, 0];
  for (const text of diff.split("\n")) {
    if (removed > 0 && text.startsWith("-")) removed -= 1;
    else if (expected > 0 && text.startsWith("+")) {
      added.push({ file, line, text: text.slice(1) });
      expected -= 1;
      line += 1;
    } else {
      const [, before = "1", start, count = "1"] = HUNK.exec(text) ?? [];
      if (start !== undefined) [removed, expected, line] = [Number(before), Number(count), Number(start)];
      else file = FILE.exec(text)?.[1] ?? file;
    }
  }
  return added;
}
