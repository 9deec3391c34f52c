/** Longest filter that is read; GitHub's own are path and branch names. */
const MAX_LENGTH = 1_024;

/** One element of a filter: which characters it takes, and how often. */
interface Element {
  takes(character: string): boolean;
  repeats: boolean;
  /** How many elements may be passed over from here without taking anything. */
  jumps: readonly number[];
}

const ANY: Element = { takes: () => true, repeats: true, jumps: [1] };
const WITHIN: Element = { takes: (character) => character !== "/", repeats: true, jumps: [1] };

function one(character: string): Element {
  return { takes: (given) => given === character, repeats: false, jumps: [] };
}

/** `[0-9a-z]` */
function oneOf(set: string): Element {
  const ranges = [...set.matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, single]) => [from ?? single ?? "", to ?? single ?? ""] as const,
  );
  return {
    takes: (given) => ranges.some(([from, to]) => from <= given && given <= to),
    repeats: false,
    jumps: [],
  };
}

function elementsOf(word: string): Element[] {
  if (word === "**/") return [{ ...ANY, jumps: [1, 2] }, one("/")];
  if (word === "**") return [ANY];
  if (word === "*") return [WITHIN];
  if (word.length > 2 && word.startsWith("[")) return [oneOf(word.slice(1, -1))];
  return [one(word.length > 1 && word.startsWith("\\") ? word.slice(1) : word)];
}

/** `?` and `+` say how often the element before them stands. */
function compile(pattern: string): Element[] {
  const words = pattern.slice(0, MAX_LENGTH).match(/\*\*\/|\*\*|\[[^\]]+\]|\\.|./gsu) ?? [];
  const elements: Element[] = [];
  for (const word of words) {
    const last = elements.at(-1);
    if (last && word === "?") elements[elements.length - 1] = { ...last, jumps: [1] };
    else if (last && word === "+") elements[elements.length - 1] = { ...last, repeats: true };
    else elements.push(...elementsOf(word));
  }
  return elements;
}

/** All places that can be reached without taking a character. Jumps lead forward, so one pass finds them. */
function spread(places: Uint8Array, elements: readonly Element[]): Uint8Array {
  for (const [index, { jumps }] of elements.entries()) {
    if (places[index] === 1) for (const jump of jumps) places[index + jump] = 1;
  }
  return places;
}

/** Follows all ways through the pattern at once, so that no pattern takes longer than its length times the name's. */
function matches(name: string, elements: readonly Element[]): boolean {
  let places = spread(Uint8Array.of(1, ...elements.map(() => 0)), elements);
  for (const character of name) {
    const next = new Uint8Array(elements.length + 1);
    for (const [index, element] of elements.entries()) {
      if (places[index] !== 1 || !element.takes(character)) continue;
      next[index + 1] = 1;
      if (element.repeats) next[index] = 1;
    }
    places = spread(next, elements);
  }
  return places[elements.length] === 1;
}

/**
 * Whether a name passes a list of GitHub's filter patterns: later ones win, and `!` takes away
 * (docs.github.com "Workflow syntax", "Filter pattern cheat sheet").
 */
export function passesFilter(name: string, patterns: readonly string[]): boolean {
  let passes = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith("!");
    if (matches(name, compile(negated ? pattern.slice(1) : pattern))) passes = !negated;
  }
  return passes;
}
