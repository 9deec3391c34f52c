import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pages } from "../page.ts";
import { table } from "../page.ts";
import { readLines } from "./read-lines.ts";
import type { Row } from "./row.ts";
import { SPECIFICATION } from "./table.ts";

const PROJECT = join(import.meta.dirname, "../../..");

/** Carried, carried in part, or planned. */
function stateOf({ now, later }: Row): "carried" | "in part" | "planned" {
  if (now.length === 0) return "planned";
  return later.length === 0 ? "carried" : "in part";
}

function link(path: string): string {
  return `[\`${path}\`](../../${path})`;
}

function carrierText(carrier: string): string {
  const [kind = "", name = ""] = carrier.split(/ (.*)/s);
  if (kind === "rule") return `rule [\`${name}\`](rules/${name.replace("/", "-")}.md)`;
  if (kind === "command") return `\`growth-engine ${name}\``;
  if (kind === "config") return `config [\`${name}\`](config.md)`;
  return link(name);
}

function carriedText(row: Row): string {
  const now = row.now.map(carrierText);
  const later = row.later.map((planned) => planned.replace(/ (.*)/s, " `$1`"));
  return [...now, ...(later.length > 0 ? [`_planned:_ ${later.join(", ")}`] : [])].join("<br>");
}

function rowCells(row: Row): string[] {
  return [
    row.line.replaceAll("<", "&lt;"),
    row.says,
    stateOf(row),
    carriedText(row),
    row.shown ? link(row.shown) : "",
  ];
}

const HEADER = ["line", "what the software does about it", "state", "carried by", "shown by"];

function summary(): string {
  const count = (state: string) => SPECIFICATION.filter((row) => stateOf(row) === state).length;
  return `${SPECIFICATION.length} lines: ${count("carried")} carried, ${count("in part")} carried in part, ${count("planned")} planned.`;
}

/** Every line of the specification in its own order, grouped by what stands above it. */
export function specificationPages(): Pages {
  const byPlace = new Map(SPECIFICATION.map((row) => [`${row.under} :: ${row.line}`, row]));
  const groups = new Map<string, Row[]>();
  for (const line of readLines(readFileSync(join(PROJECT, "docs/operational-processes.md"), "utf8"))) {
    const place = line.path.join(" > ");
    const row = byPlace.get(`${place} :: ${line.text}`);
    if (row) groups.set(place, [...(groups.get(place) ?? []), row]);
  }
  const parts = [...groups].map(([place, rows]) => {
    const title = place === "" ? "The page" : place.replaceAll(" > ", " › ");
    return `## ${title}\n\n${table(HEADER, rows.map(rowCells))}`;
  });
  const intro = `# What carries each line of the specification

Each heading, item and sentence of [operational-processes.md](../operational-processes.md), what the software does about
it, what carries that, and the test that shows it. ${summary()}`;
  return { "docs/reference/specification.md": `${[intro, ...parts].join("\n\n")}\n` };
}
