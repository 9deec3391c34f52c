import { applyEdits, getNodeValue, modify, type Node } from "jsonc-parser";
import { isHookCommand } from "../../hook/index.ts";
import { findAddition } from "../plan/settle-addition.ts";
import { memberNode, parseSettings } from "./insert-members.ts";

type Path = (string | number)[];

/** Takes out the texts that init put in; null when one of them is not there as it was. */
function withoutTexts(text: string, inserted: readonly string[]): string | null {
  let rest = text;
  for (const own of inserted) {
    const at = findAddition(rest, own);
    if (at === null) return null;
    rest = rest.slice(0, at.start) + rest.slice(at.end);
  }
  return rest;
}

const itemsOf = (list: Node | undefined) => (list?.type === "array" ? (list.children ?? []) : []);

const runsHook = (item: Node) => {
  const command: unknown = getNodeValue(memberNode(item, "command") ?? item);
  return typeof command === "string" && isHookCommand(command);
};

/** The smallest thing that holds nothing but the command at `inner` of a list: the command, its group, or its event. */
function smallest(list: Node, path: Path): Path | null {
  for (const [index, item] of itemsOf(list).entries()) {
    const group = memberNode(item, "hooks");
    const inner = group === undefined ? null : smallest(group, [...path, index, "hooks"]);
    const own = inner ?? (runsHook(item) ? [...path, index] : null);
    if (own === null) continue;
    const isGroup = inner !== null && itemsOf(group).length === 1;
    const place = isGroup ? [...path, index] : own;
    return itemsOf(list).length === 1 && place.length === path.length + 1 ? path : place;
  }
  return null;
}

function ownPlace(hooks: Node | undefined): Path | null {
  for (const { children } of hooks?.children ?? []) {
    const [name, list] = children ?? [];
    const place = list === undefined ? null : smallest(list, ["hooks", String(name?.value)]);
    if (place === null) continue;
    return place.length === 2 && hooks?.children?.length === 1 ? ["hooks"] : place;
  }
  return null;
}

/** Takes the hooks out by what they run, after somebody else put the file into another layout. */
function withoutHooks(text: string): string {
  const place = ownPlace(memberNode(parseSettings(text), "hooks"));
  if (place === null) return text;
  return withoutHooks(applyEdits(text, modify(text, place, undefined, {})));
}

/** Does anything in these settings run this product's hook? */
export function hasHooks(text: string): boolean {
  return ownPlace(memberNode(parseSettings(text), "hooks")) !== null;
}

/**
 * Settings without the hooks that init put in: byte for byte as they were, where the texts stand as they were written;
 * else without the entries that run this product's hook.
 */
export function takeOutHooks(text: string, inserted: readonly string[]): string {
  const rest = inserted.length === 0 ? null : withoutTexts(text, inserted);
  return rest !== null && !hasHooks(rest) ? rest : withoutHooks(text);
}
