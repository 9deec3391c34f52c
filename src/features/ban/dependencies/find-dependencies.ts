import type { Node } from "jsonc-parser";
import type { BannedPackages } from "../banned-packages.ts";
import { readJsonTree } from "./read-json-tree.ts";

/** A banned package that a manifest asks for. */
export interface FoundDependency {
  /** The list in which it stands. */
  section: string;
  /** The name under which it is installed. */
  name: string;
  package: string;
  line: number;
}

/** What is installed for production. */
const SECTIONS = ["dependencies", "optionalDependencies", "peerDependencies"];
const BUNDLED = ["bundleDependencies", "bundledDependencies"];
/** `npm:context7-mcp@1`, `workspace:context7-mcp@*`: another package under this name. */
const RENAMED = /^(?:npm|workspace|patch):(.+)$/;

/** The package that an entry of a dependency list installs, as far as it is banned. */
export function bannedDependency(name: string, version: unknown, banned: BannedPackages): string | null {
  const text = typeof version === "string" ? version.trim() : "";
  const [, renamed] = RENAMED.exec(text) ?? [];
  return (renamed === undefined ? banned.matchAddress(text) : banned.match(renamed)) ?? banned.match(name);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function properties(node: Node | undefined): [key: Node, value: Node][] {
  const pairs: [Node, Node][] = [];
  for (const { children } of node?.type === "object" ? (node.children ?? []) : []) {
    const [key, value] = children ?? [];
    if (key && value) pairs.push([key, value]);
  }
  return pairs;
}

/**
 * The banned packages that a manifest lists outside of `devDependencies`, as npm reads it: of two equal keys the
 * last counts. @returns null when the text is no JSON object
 */
export function findDependencies(text: string, banned: BannedPackages): FoundDependency[] | null {
  const tree = readJsonTree(text);
  if (tree === null) return null;
  const found: FoundDependency[] = [];
  for (const [section, list] of properties(tree)) {
    if (SECTIONS.includes(section.value)) {
      for (const [key, value] of properties(list)) {
        const name = bannedDependency(key.value, value.value, banned);
        if (name === null) continue;
        found.push({
          section: section.value,
          name: key.value,
          package: name,
          line: lineOf(text, key.offset),
        });
      }
    } else if (BUNDLED.includes(section.value) && list.type === "array") {
      for (const item of list.children ?? []) {
        const name = banned.match(String(item.value));
        if (name !== null)
          found.push({ section: section.value, name, package: name, line: lineOf(text, item.offset) });
      }
    }
  }
  return found;
}
