import { lintSource } from "@secretlint/core";
import { secretLintProfiler } from "@secretlint/profiler";
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import { Refusal } from "../../platform/errors/index.ts";
import { SECRET_PATTERNS } from "./secret-patterns.ts";

/** A secret that was taken out before anything was written. */
export interface TakenSecret {
  /** Index of the entry. */
  entry: number;
  /** Name of the field that held it. */
  field: string;
  /** Secretlint's word for it, such as `github`. */
  rule: string;
}

type Entry = Readonly<Record<string, unknown>>;

/** A text of an entry, and where it stands in the text that is searched. */
interface Place {
  entry: number;
  field: string;
  from: number;
  to: number;
}

/** A secret in a text: its first character, the one after its last, and what it is. */
export interface Hit {
  from: number;
  to: number;
  rule: string;
}

const DEEPEST = 64;

// It would keep a note of every rule of every search, and look through all of them each time: a process that searches
// all day grows and slows down.
secretLintProfiler.mark = () => undefined;

function tooDeep(): Refusal {
  return new Refusal("INPUT_INVALID", `an entry is nested over ${DEEPEST} levels deep`, {
    hint: "record a reference to the content instead of the content",
  });
}

/** Hands every text of a JSON value, keys included, to `visit` and puts its answer in the text's place. */
function mapTexts(
  value: unknown,
  field: string,
  visit: (text: string, field: string) => string,
  depth = 0,
): unknown {
  if (depth > DEEPEST) {
    throw tooDeep();
  }
  if (typeof value === "string") return visit(value, field);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, field, visit, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([key, held]) => [
    visit(key, field === "" ? "a field's name" : field),
    mapTexts(held, key, visit, depth + 1),
  ]);
  return Object.fromEntries(pairs);
}

const AWS = "@secretlint/secretlint-rule-aws";
/** Left out: a text that says `secretlint-disable` would take its own secrets past the search. */
const COMMENTS = "@secretlint/secretlint-rule-filter-comments";

/** The rules of the preset, one by one. Bare key ids of AWS are found only when asked for. */
const LINT_RULES = rules
  .filter(({ meta }) => meta.id !== COMMENTS)
  .map((rule) => ({
    id: rule.meta.id,
    rule,
    ...(rule.meta.id === AWS && { options: { enableIDScanRule: true } }),
  }));

/** What secretlint's recommended rules call a secret, and where it stands in the text. */
export async function searchSecrets(content: string): Promise<Hit[]> {
  const { messages } = await lintSource({
    source: { filePath: "entry.txt", content, ext: ".txt", contentType: "text" },
    options: { noPhysicFilePath: true, config: { rules: LINT_RULES } },
  });
  const linted = messages.map(({ range: [from, to], ruleId }): Hit => {
    return { from, to, rule: ruleId.replace(/^.*secretlint-rule-/, "") };
  });
  const matched = Object.entries(SECRET_PATTERNS).flatMap(([rule, pattern]) =>
    [...content.matchAll(pattern)].map(({ index, 0: text }): Hit => {
      return { from: index, to: index + text.length, rule };
    }),
  );
  return [...linted, ...matched];
}

/** The text between `from` and `to` with each hit replaced; overlapping hits are replaced as one. */
function replaceHits(content: string, { from, to }: Place, hits: readonly Hit[]): string {
  let text = "";
  let at = from;
  for (const hit of hits) {
    const start = Math.max(hit.from, at);
    const end = Math.min(hit.to, to);
    if (start >= end) continue;
    text += `${content.slice(at, start)}[REDACTED:${hit.rule}]`;
    at = end;
  }
  return text + content.slice(at, to);
}

/** Gathers the texts of a value behind their fields' names, each name of a field once. */
function gatherTexts(value: unknown, field: string, names: Set<string>, parts: string[], depth = 0): void {
  if (depth > DEEPEST) throw tooDeep();
  if (typeof value === "string") parts.push(field, "=", value, "\n");
  else if (Array.isArray(value)) for (const item of value) gatherTexts(item, field, names, parts, depth + 1);
  else if (typeof value === "object" && value !== null) {
    for (const key in value) {
      names.add(key);
      gatherTexts((value as Record<string, unknown>)[key], key, names, parts, depth + 1);
    }
  }
}

/**
 * Whether anything of the entries may have to be taken out: the same search without remembering what stood where, for
 * a million lines of which hardly any holds a secret.
 * @throws Refusal INPUT_INVALID for an entry that is nested too deeply
 */
export async function holdSecrets(entries: readonly Entry[]): Promise<boolean> {
  const names = new Set<string>();
  const parts: string[] = [];
  for (const entry of entries) gatherTexts(entry, "", names, parts);
  return (await searchSecrets(`${parts.join("")}${[...names].join("\n")}`)).length > 0;
}

/**
 * Takes out of all texts of the entries what secretlint's recommended rules call a secret. All texts are searched
 * at once, each behind its field's name, since some secrets are known only by that.
 */
export async function redactSecrets(
  entries: readonly Entry[],
): Promise<{ entries: Record<string, unknown>[]; taken: TakenSecret[] }> {
  const places: Place[] = [];
  const parts: string[] = [];
  let size = 0;
  for (const [entry, value] of entries.entries()) {
    mapTexts(value, "", (text, field) => {
      const name = `${field}=`;
      places.push({ entry, field, from: size + name.length, to: size + name.length + text.length });
      parts.push(name, text, "\n");
      size += name.length + text.length + 1;
      return text;
    });
  }
  const content = parts.join("");
  const hits = (await searchSecrets(content)).sort((a, b) => a.from - b.from || b.to - a.to);
  if (hits.length === 0) return { entries: [...entries], taken: [] };
  const overlapping = (place: Place) => hits.filter((hit) => hit.from < place.to && hit.to > place.from);
  const taken = places.flatMap((place) =>
    overlapping(place).map(({ rule }) => ({ entry: place.entry, field: place.field, rule })),
  );
  let next = 0;
  const redacted = entries.map((value) =>
    mapTexts(value, "", (text) => {
      const place = places[next];
      next += 1;
      return place === undefined ? text : replaceHits(content, place, overlapping(place));
    }),
  );
  return { entries: redacted as Record<string, unknown>[], taken };
}
