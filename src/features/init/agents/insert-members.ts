import { type Node, type ParseError, parseTree } from "jsonc-parser";

/** A JSON value for each event of a host's settings, to stand in the list of that event. */
export type Wanted = Readonly<Record<string, unknown>>;

/** Settings with hooks in them, and the texts that were put in: taking exactly those out brings the old bytes back. */
export interface Inserted {
  text: string;
  inserted: string[];
}

interface Insertion {
  offset: number;
  text: string;
}

/** Line end and indentation of a file, as far as it shows any. */
interface Layout {
  eol: string;
  unit: string;
}

/** Parses settings, comments and trailing commas allowed; undefined for a text that is no JSON. */
export function parseSettings(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : tree;
}

/** The value of a member of an object. */
export function memberNode(object: Node | undefined, name: string): Node | undefined {
  const property = object?.children?.find(({ children }) => children?.[0]?.value === name);
  return property?.children?.[1];
}

function layoutOf(text: string, root: Node): Layout {
  const first = root.children?.[0]?.offset ?? root.offset;
  const [, unit] = /\n([ \t]+)$/.exec(text.slice(0, first)) ?? [];
  return { eol: text.includes("\r\n") ? "\r\n" : "\n", unit: unit ?? "  " };
}

function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

const print = (value: unknown, { eol, unit }: Layout, indent: string) =>
  JSON.stringify(value, null, unit).replaceAll("\n", eol + indent);

/** At the end of a list or an object, in its own layout: on one line where it stands on one. */
function append(text: string, container: Node, layout: Layout, show: (indent: string) => string): Insertion {
  const last = container.children?.at(-1);
  const outer = indentOf(text, container.offset);
  const indent = outer + layout.unit;
  const content = layout.eol + indent + show(indent);
  if (last === undefined) {
    const rest = text.slice(container.offset + 1, container.offset + container.length - 1);
    const isOpen = rest.trim() === "" && !rest.includes("\n");
    return { offset: container.offset + 1, text: isOpen ? `${content}${layout.eol}${outer}` : content };
  }
  const end = last.offset + last.length;
  const hasComma = /^\s*,/.exec(text.slice(end))?.[0].length;
  if (hasComma !== undefined) return { offset: end + hasComma, text: `${content},` };
  const isOneLine = !text.slice(container.offset, container.offset + container.length).includes("\n");
  return { offset: end, text: isOneLine ? `, ${show(indent)}` : `,${content}` };
}

function members(values: Readonly<Record<string, unknown>>, layout: Layout, indent: string): string {
  return Object.entries(values)
    .map(([name, value]) => `${JSON.stringify(name)}: ${print(value, layout, indent)}`)
    .join(`,${layout.eol}${indent}`);
}

function insertions(text: string, root: Node, wanted: Wanted): Insertion[] | null {
  const layout = layoutOf(text, root);
  const hooks = memberNode(root, "hooks");
  const lists = Object.fromEntries(Object.entries(wanted).map(([event, value]) => [event, [value]]));
  if (hooks === undefined)
    return [append(text, root, layout, (indent) => members({ hooks: lists }, layout, indent))];
  if (hooks.type !== "object") return null;
  const there = Object.keys(wanted).map((event) => [event, memberNode(hooks, event)] as const);
  if (there.some(([, list]) => list !== undefined && list.type !== "array")) return null;
  const missing = there.filter(([, list]) => list === undefined).map(([event]) => [event, lists[event]]);
  const into = there.flatMap(([event, list]) =>
    list === undefined ? [] : [append(text, list, layout, (indent) => print(wanted[event], layout, indent))],
  );
  if (missing.length === 0) return into;
  const more = Object.fromEntries(missing);
  return [...into, append(text, hooks, layout, (indent) => members(more, layout, indent))];
}

/**
 * Puts a value into the list of each event below `hooks`, touching nothing that is there. Null for settings that are
 * no JSON object, or whose hooks have another shape.
 */
export function insertMembers(text: string, wanted: Wanted): Inserted | null {
  const root = parseSettings(text);
  if (root?.type !== "object") return null;
  const all = insertions(text, root, wanted);
  if (all === null) return null;
  const sorted = all.toSorted((a, b) => b.offset - a.offset);
  const after = sorted.reduce(
    (rest, { offset, text: own }) => rest.slice(0, offset) + own + rest.slice(offset),
    text,
  );
  return { text: after, inserted: sorted.map(({ text: own }) => own) };
}
