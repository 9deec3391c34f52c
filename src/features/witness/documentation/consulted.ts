import { matchPaths } from "../../../platform/globs/index.ts";
import type { SeenLine } from "../seen-line.ts";
import { packageWords } from "./package-words.ts";
import { referenceWords } from "./reference-words.ts";

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, "")
    .replace(/^www\./, "");
}

/** A place of the config: a host and what lies below it, host and path, or a part of the reference. */
function isAt(place: string): (ref: string) => boolean {
  const wanted = bare(place);
  if (wanted.startsWith("/")) return (ref) => ref.toLowerCase().includes(wanted);
  return (ref) => {
    const found = bare(ref);
    const host = found.split(/[/?#]/)[0] ?? "";
    return found === wanted || found.startsWith(`${wanted}/`) || host.endsWith(`.${wanted}`);
  };
}

/** When documentation of a package was first consulted, in milliseconds since 1970: by agent, and by task. */
export interface FirstReads {
  byAgent: ReadonlyMap<string, number>;
  byTask: ReadonlyMap<string, number>;
}

function groupBy<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = found.get(key);
      if (known === undefined) found.set(key, [item]);
      else known.push(item);
    }
  }
  return found;
}

/** Finds which consultations tell of a package's documentation, through the words of both. */
export class Consulted {
  readonly #byWord: ReadonlyMap<string, readonly SeenLine[]>;
  readonly #byReference: ReadonlyMap<string, readonly SeenLine[]>;
  readonly #places: readonly { isMeant: (name: string) => boolean; lines: () => readonly SeenLine[] }[];
  readonly #found = new Map<string, readonly SeenLine[]>();
  readonly #firsts = new Map<string, FirstReads>();

  /** @param given package glob to places, as `witness.documentation` has them */
  constructor(lines: readonly SeenLine[], given: Readonly<Record<string, readonly string[]>>) {
    const consultations = lines.filter(({ action }) => action === "consult");
    this.#byWord = groupBy(consultations, referenceWords);
    this.#byReference = groupBy(consultations, ({ ref }) => [ref]);
    this.#places = Object.entries(given).map(([glob, places]) => {
      let at: readonly SeenLine[] | null = null;
      return {
        isMeant: matchPaths([glob]),
        lines: () => {
          at ??= this.#linesAt(places.map(isAt));
          return at;
        },
      };
    });
  }

  #linesAt(places: readonly ((ref: string) => boolean)[]): SeenLine[] {
    return [...this.#byReference].flatMap(([ref, lines]) =>
      places.some((isThere) => isThere(ref)) ? lines : [],
    );
  }

  #find(name: string): readonly SeenLine[] {
    const found = new Set(packageWords(name).flatMap((word) => this.#byWord.get(word) ?? []));
    for (const { isMeant, lines } of this.#places) {
      if (isMeant(name)) for (const line of lines()) found.add(line);
    }
    return [...found].sort((a, b) => a.at - b.at);
  }

  /** The consultations of a package's documentation, in time order. */
  of(name: string): readonly SeenLine[] {
    const found = this.#found.get(name) ?? this.#find(name);
    this.#found.set(name, found);
    return found;
  }

  /** Who consulted a package's documentation first, when. */
  firstsOf(name: string): FirstReads {
    const known = this.#firsts.get(name);
    if (known !== undefined) return known;
    const byAgent = new Map<string, number>();
    const byTask = new Map<string, number>();
    for (const { agent, task, at } of this.of(name)) {
      if (!byAgent.has(agent)) byAgent.set(agent, at);
      if (task !== null && !byTask.has(task)) byTask.set(task, at);
    }
    const firsts = { byAgent, byTask };
    this.#firsts.set(name, firsts);
    return firsts;
  }
}
