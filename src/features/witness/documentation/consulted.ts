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

/** Finds which consultations tell of a package's documentation, through the words of both. */
export class Consulted {
  readonly #byWord = new Map<string, SeenLine[]>();
  readonly #lines: readonly SeenLine[];
  readonly #places: readonly { isMeant: (name: string) => boolean; places: ((ref: string) => boolean)[] }[];

  /** @param given package glob to places, as `witness.documentation` has them */
  constructor(lines: readonly SeenLine[], given: Readonly<Record<string, readonly string[]>>) {
    this.#lines = lines.filter(({ action }) => action === "consult");
    this.#places = Object.entries(given).map(([glob, places]) => ({
      isMeant: matchPaths([glob]),
      places: places.map(isAt),
    }));
    for (const line of this.#lines) {
      for (const word of referenceWords(line)) {
        const known = this.#byWord.get(word);
        if (known === undefined) this.#byWord.set(word, [line]);
        else known.push(line);
      }
    }
  }

  /** The consultations of a package's documentation, in time order. */
  of(name: string): SeenLine[] {
    const found = new Set(packageWords(name).flatMap((word) => this.#byWord.get(word) ?? []));
    const places = this.#places.filter(({ isMeant }) => isMeant(name)).flatMap((each) => each.places);
    if (places.length > 0) {
      for (const line of this.#lines) if (places.some((isThere) => isThere(line.ref))) found.add(line);
    }
    return [...found].sort((a, b) => a.at - b.at);
  }
}
