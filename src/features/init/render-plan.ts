import { type Paint, paintFor, printable } from "../../platform/terminal/index.ts";
import type { Surroundings } from "./detect/detect-repository.ts";
import { FORGE_NAMES } from "./detect/find-forges.ts";
import type { Note } from "./plan/plan.ts";
import type { Action, PlannedFile } from "./plan/planned-file.ts";
import { renderDiff } from "./render-diff.ts";
import { TOOL_FOLDER } from "./tool-folder.ts";

/** How to paint, and how wide. */
export interface Look {
  colour: boolean;
  columns: number;
}

const SIGNS: Readonly<Record<Action, readonly [sign: string, style: "green" | "yellow" | "red" | "dim"]>> = {
  create: ["+", "green"],
  change: ["~", "yellow"],
  remove: ["-", "red"],
  fine: ["=", "dim"],
  yours: ["!", "yellow"],
};
const MOST_NAMES = 6;

function list(items: readonly string[]): string {
  const rest = items.length - MOST_NAMES;
  const shown = items.slice(0, MOST_NAMES).map(printable).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

function traces(seen: readonly (readonly [name: string, seen: readonly string[]])[]): string {
  return seen.map(([name, files]) => `${name} (${files.map(printable).join(", ")})`).join(", ");
}

/** What was found, as a few lines. */
export function renderFound(around: Surroundings, title: string, look: Look): string {
  const paint = paintFor(look.colour);
  const { forges, managers, production, agents, workspaces, hasCommits } = around;
  const rows: [string, string][] = [
    [
      "forge",
      forges.length === 0
        ? "none found: a script for any CI"
        : traces(forges.map(({ forge, seen }) => [FORGE_NAMES[forge], [seen]])),
    ],
    [
      "packages",
      managers.length === 0 ? "no package.json" : traces(managers.map(({ name, seen }) => [name, seen])),
    ],
    ["production", production.length === 0 ? "not found: the defaults hold" : list(production)],
  ];
  if (workspaces.length > 0) rows[1] = ["packages", `${rows[1]?.[1]}; ${workspaces.length} in workspaces`];
  if (agents.length > 0) rows.push(["agents", traces(agents.map(({ agent, seen }) => [agent, seen]))]);
  if (!hasCommits) rows.push(["history", "no commit yet"]);
  const lines = rows.map(([name, says]) => `  ${paint("dim", name.padEnd(12))}${says}`);
  return `${paint("bold", printable(title))}\n\n${lines.join("\n")}\n`;
}

interface Row {
  action: Action;
  name: string;
  says: string;
}

/** Many files of one kind as one row: the tool is one thing. */
function toolRow(action: Action, files: readonly PlannedFile[], version: string): Row {
  const bytes = files.reduce((sum, { before, after }) => sum + (after ?? before ?? "").length, 0);
  const size = `${files.length} ${files.length === 1 ? "file" : "files"}, ${(bytes / 1e6).toFixed(1)} MB`;
  const odd = files.filter(({ says }) => says !== "the tool").map(({ path, says }) => `${path} ${says}`);
  const what = action === "remove" ? "the tool" : `version ${version}`;
  const folder = `${files[0]?.path.split("/")[0] ?? TOOL_FOLDER}/`;
  return { action, name: folder, says: `${what}, ${size}${odd.length > 0 ? `; ${list(odd)}` : ""}` };
}

function toRows(files: readonly PlannedFile[], version: string): Row[] {
  const actions = [...new Set(files.filter(({ isTool }) => isTool).map(({ action }) => action))];
  const tool = actions.map((action) =>
    toolRow(
      action,
      files.filter((file) => file.isTool && file.action === action),
      version,
    ),
  );
  const others = files.filter(({ isTool }) => !isTool);
  return [...tool, ...others.map(({ action, path, says }) => ({ action, name: path, says }))];
}

/** A row in one line, or in two where the terminal is narrow. */
function renderRow({ action, name, says }: Row, width: number, isWide: boolean, paint: Paint): string {
  const [sign, style] = SIGNS[action];
  const head = `  ${paint(style, `${sign} ${action.padEnd(7)}`)} ${printable(name)}`;
  const text = printable(says);
  const gap = " ".repeat(width + 2 - name.length);
  return isWide ? `${head}${gap}${paint("dim", text)}` : `${head}\n${" ".repeat(12)}${paint("dim", text)}`;
}

function isShownAsDiff({ action, isTool, before, after }: PlannedFile): boolean {
  return !isTool && (action === "change" || action === "yours") && before !== null && after !== null;
}

/** The plan, file by file, with the difference of each file that is somebody else's. */
export function renderPlan(files: readonly PlannedFile[], version: string, look: Look): string {
  const paint = paintFor(look.colour);
  const rows = toRows(files, version);
  const width = rows.reduce((most, { name }) => Math.max(most, name.length), 0);
  const isWide = rows.every(({ says }) => 14 + width + says.length <= look.columns);
  const lines = rows.map((row) => renderRow(row, width, isWide, paint));
  const diffs = files
    .filter(isShownAsDiff)
    .filter(({ before, after }) => after && !before?.equals(after))
    .map((file) => {
      const what = file.action === "yours" ? " (yours; what init would have written)" : "";
      const diff = renderDiff(file.before?.toString() ?? "", file.after?.toString() ?? "", paint);
      return `\n  ${paint("bold", printable(file.path))}${paint("dim", what)}\n${diff}`;
    });
  return `${lines.join("\n")}\n${diffs.join("")}`;
}

/** What is left to a person. */
export function renderNotes(notes: readonly Note[], look: Look): string {
  const paint = paintFor(look.colour);
  return notes
    .map(({ says, text }) => {
      const lines = text === undefined ? [] : text.split("\n").map((line) => `    ${printable(line)}`);
      return `${paint("yellow", "note")} ${printable(says)}\n${lines.map((line) => `${line}\n`).join("")}`;
    })
    .join("");
}
