/** A command of a guide, and what the guide shows below it. */
export interface Step {
  command: string;
  shown: string[];
}

/** A `console` block of a guide: lines that begin with `$ ` are typed, the others are what came back. */
export interface Block {
  /** Lines of the page between the fences. */
  from: number;
  to: number;
  steps: Step[];
}

function stepsOf(lines: readonly string[]): Step[] {
  const steps: Step[] = [];
  for (const line of lines) {
    const last = steps.at(-1);
    if (line.startsWith("$ ")) steps.push({ command: line.slice(2), shown: [] });
    else if (line.startsWith("> ") && last?.shown.length === 0) last.command += `\n${line.slice(2)}`;
    else last?.shown.push(line);
  }
  return steps;
}

/** Can its commands be run anywhere? So can those of a guide that makes its own repository; others show a user's. */
export function isPlayable([first]: readonly Block[]): boolean {
  return first?.steps[0]?.command.startsWith("git init ") ?? false;
}

/** The `console` blocks of a page, in order. */
export function readGuide(page: string): Block[] {
  const lines = page.split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at] !== "```console") continue;
    const to = lines.indexOf("```", at + 1);
    blocks.push({ from: at + 1, to, steps: stepsOf(lines.slice(at + 1, to)) });
    at = to;
  }
  return blocks;
}

function blockText({ command, shown }: Step): string[] {
  const [first = "", ...more] = command.split("\n");
  return [`$ ${first}`, ...more.map((line) => `> ${line}`), ...shown];
}

/** The page with what its blocks now say. */
export function writeGuide(page: string, blocks: readonly Block[]): string {
  const lines = page.split("\n");
  for (const { from, to, steps } of [...blocks].reverse())
    lines.splice(from, to - from, ...steps.flatMap(blockText));
  return lines.join("\n");
}
