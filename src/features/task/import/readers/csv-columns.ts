/** Names that the columns of exports have, without case, blanks and dashes. */
const NAMES = {
  id: ["id", "task", "key", "identifier", "taskid", "issuekey", "issueid", "number"],
  title: ["title", "summary", "name", "subject"],
  description: ["description", "body", "details", "notes"],
  acceptance: ["acceptance", "acceptancecriteria", "criteria"],
  priority: ["priority", "prio"],
  state: ["state", "status"],
  reason: ["reason", "resolution", "closereason"],
  assignee: ["assignee", "agent", "assignedto", "owner"],
  estimate: ["estimate", "estimateminutes", "originalestimate", "effort"],
  due: ["due", "duedate", "dueat", "deadline"],
  dependsOn: ["dependson", "dependencies", "blockedby", "predecessors"],
  links: ["links", "link", "url", "issue", "pr"],
  paths: ["paths", "allowedpaths", "files"],
} as const;

/** A column that we have a place for. */
export type TaskColumn = keyof typeof NAMES;

const COLUMN_OF = new Map(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name) => [name as string, column as TaskColumn]),
  ),
);

export interface Columns {
  /** Our word for each column of the header, or its own. */
  columns: string[];
  /** Which of them are ours. */
  known: ReadonlySet<string>;
  /** Why no task can be read below this header. */
  problem: string | null;
}

/** Says which column of a header is which; the first of two that mean the same is taken. */
export function columnsOf(header: readonly string[]): Columns {
  const known = new Set<string>();
  const columns = header.map((cell, index) => {
    const column = COLUMN_OF.get(cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
    if (column === undefined || known.has(column)) return cell.trim() || `column ${index + 1}`;
    known.add(column);
    return column;
  });
  const missing = ["id", "title"].filter((column) => !known.has(column));
  const problem =
    missing.length === 0
      ? null
      : `the header row has no column ${missing.map((each) => `"${each}"`).join(" and ")}`;
  return { columns, known, problem };
}
