/** At most so many of one kind are listed for one file. */
export const MAX_LISTED = 100;

/** Keeps the first hundred of each kind and file and counts the rest: a hostile file cannot fill a report. */
export class Capped<Item extends { kind: string; file: string }> {
  readonly kept: Item[] = [];
  readonly #counts = new Map<string, { kind: Item["kind"]; file: string; count: number }>();

  add(item: Item): void {
    const key = `${item.kind} ${item.file}`;
    const seen = this.#counts.get(key) ?? { kind: item.kind, file: item.file, count: 0 };
    seen.count += 1;
    this.#counts.set(key, seen);
    if (seen.count <= MAX_LISTED) this.kept.push(item);
  }

  omitted(): { kind: Item["kind"]; file: string; count: number }[] {
    return [...this.#counts.values()]
      .filter(({ count }) => count > MAX_LISTED)
      .map((seen) => ({ ...seen, count: seen.count - MAX_LISTED }));
  }
}
