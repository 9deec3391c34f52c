import { isObject, isText } from "./read-json.ts";

/** What a manifest maps a name to: file paths or package names, likeliest first, apart by what they are for. */
export interface Targets {
  /** What runs in production, under whichever condition. */
  runtime: string[];
  /** Stand-ins while developing, declarations: they tell where the source is when what runs is not built. */
  hints: string[];
}

const DEVELOPMENT = new Set(["development", "dev", "test", "storybook"]);
const TYPES = /^types(?:@|$)|^typings$/;

/** All texts below a value of `exports` or `imports`, whatever the conditions. `null` closes a path. */
function collectTargets(value: unknown, star: string | null, isHint: boolean, targets: Targets): void {
  if (isText(value)) {
    const target = star === null ? value : value.replaceAll("*", star);
    (isHint ? targets.hints : targets.runtime).push(target);
  } else if (Array.isArray(value)) {
    for (const item of value) collectTargets(item, star, isHint, targets);
  } else if (isObject(value)) {
    for (const [condition, item] of Object.entries(value)) {
      collectTargets(item, star, isHint || DEVELOPMENT.has(condition) || TYPES.test(condition), targets);
    }
  }
}

/** Which key of a map means this name, and what its star stands for: Node's rule, longest prefix first. */
function matchKey(keys: readonly string[], name: string): [key: string, star: string | null] | null {
  if (keys.includes(name) && !name.includes("*")) return [name, null];
  let best: [string, string] | null = null;
  for (const key of keys) {
    const at = key.indexOf("*");
    // A trailing slash is how patterns were written before Node 17.
    const [begin, end] = at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
    if (at < 0 && !key.endsWith("/")) continue;
    if (!name.startsWith(begin) || !name.endsWith(end) || name.length <= begin.length + end.length) continue;
    if (best === null || begin.length > best[0].replace(/\*.*$/, "").length) {
      best = [key, name.slice(begin.length, name.length - end.length)];
    }
  }
  return best;
}

/** What a map with patterns (`exports` below its subpaths, `imports`) gives for a name; null when it does not. */
export function lookUp(map: unknown, name: string): Targets | null {
  if (!isObject(map)) return null;
  const matched = matchKey(Object.keys(map), name);
  if (matched === null) return null;
  const [key, star] = matched;
  const targets: Targets = { runtime: [], hints: [] };
  const suffix = star !== null && !key.includes("*") ? star : "";
  collectTargets(map[key], key.includes("*") ? star : null, false, targets);
  const complete = (target: string) => target + suffix;
  return { runtime: targets.runtime.map(complete), hints: targets.hints.map(complete) };
}

/** `exports` without subpaths is the entry of `.`. */
function subpaths(exports: unknown): unknown {
  const plain = !isObject(exports) || !Object.keys(exports).some((key) => key.startsWith("."));
  return plain ? { ".": exports } : exports;
}

/**
 * The targets of a subpath (`.` or `./x`) of a package.
 * @returns null where `exports` does not give it away
 */
export function entryTargets(manifest: Record<string, unknown>, subpath: string): Targets | null {
  const { exports, main, module, browser, types, typings, source } = manifest;
  if (exports !== undefined && exports !== null) return lookUp(subpaths(exports), subpath);
  if (subpath !== ".") return { runtime: [subpath], hints: [] };
  return {
    runtime: [module, main, browser].filter(isText),
    hints: [source, types, typings].filter(isText),
  };
}
