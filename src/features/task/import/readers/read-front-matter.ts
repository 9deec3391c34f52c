import { parseDocument } from "yaml";
import { messageOf } from "../../../../platform/errors/index.ts";
import type { ImportNotes } from "./import-notes.ts";

/** What stands between the first two `---` of a file, and what follows. */
export interface FrontMatter {
  fields: Record<string, unknown>;
  body: string;
}

const MAX_CHARACTERS = 256 * 1024;
/** Anchors have no use here, and a few of them can stand for gigabytes. */
const MAX_ALIASES = 0;
/** Backlog.md writes names with an at sign bare, which YAML reserves. */
const BARE_NAME = /^(\s*(?:-|[a-z_]{1,40}:)\s+)(@[^\s"'#]+)\s*$/;
const BARE_LIST = /^(\s*[a-z_]{1,40}:\s+)\[([^\]"']*@[^\]"']*)\]\s*$/;

function quoteNames(line: string): string {
  const [, before, name] = BARE_NAME.exec(line) ?? [];
  if (name !== undefined) return `${before}${JSON.stringify(name)}`;
  const [, start, list] = BARE_LIST.exec(line) ?? [];
  if (list === undefined) return line;
  return `${start}[${list
    .split(",")
    .map((each) => JSON.stringify(each.trim()))
    .join(", ")}]`;
}

function parseFields(text: string, name: string, notes: ImportNotes): Record<string, unknown> | null {
  try {
    const document = parseDocument(text, { logLevel: "silent" });
    const [mistake] = document.errors;
    if (mistake) {
      const place = { file: name, line: (mistake.linePos?.[0].line ?? 1) + 1 };
      notes.leftOut(place, "the front matter is not YAML", mistake.message.split("\n")[0]?.replace(/:$/, ""));
      return null;
    }
    const fields: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields))
      return fields as Record<string, unknown>;
    notes.leftOut({ file: name, line: 2 }, "the front matter holds no fields");
  } catch (error) {
    // Too deep for the reader, which calls itself for every level, or aliases.
    notes.leftOut({ file: name, line: 2 }, "the front matter is not readable", messageOf(error));
  }
  return null;
}

/** Takes a Markdown file with YAML front matter apart; null, and noted, when there is none that can be read. */
export function readFrontMatter(text: string, name: string, notes: ImportNotes): FrontMatter | null {
  const lines = text.split(/\r\n|\n|\r/);
  const end =
    lines[0]?.trimEnd() === "---" ? lines.findIndex((line, at) => at > 0 && line.trimEnd() === "---") : -1;
  if (end < 0) {
    notes.leftOut({ file: name, line: 1 }, "no front matter between two lines ---");
    return null;
  }
  const head = lines.slice(1, end).map(quoteNames).join("\n");
  if (head.length > MAX_CHARACTERS) {
    notes.leftOut({ file: name, line: 1 }, "the front matter is over 256 KiB");
    return null;
  }
  const fields = parseFields(head, name, notes);
  return fields && { fields, body: lines.slice(end + 1).join("\n") };
}
