import { printable } from "../../platform/terminal/index.ts";

/**
 * Foreign text as one printable line. `##[`, anywhere in a line, starts a command of GitHub's older runner
 * syntax; `::` does so only at the start of a line, where our lines never put foreign text.
 */
export function defused(text: string): string {
  return printable(text).replaceAll("\n", "\\u{a}").replaceAll("\t", "\\u{9}").replaceAll("##[", "##\\u{5b}");
}
