const SMALLEST = 1 << 12;
const LARGEST = 1 << 20;

/** The smallest value at the heads of sorted runs; moves that head on. Infinity when all are read. */
function takeSmallest(runs: readonly Float64Array[], heads: number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  let from = -1;
  for (const [index, run] of runs.entries()) {
    const value = run[heads[index] ?? 0];
    if (value !== undefined && value < smallest) {
      smallest = value;
      from = index;
    }
  }
  if (from >= 0) heads[from] = (heads[from] ?? 0) + 1;
  return smallest;
}

/** Finds which of many numbers were added twice: eight bytes each, where a Set of texts would take a hundred. */
export class RepeatedFingerprints {
  readonly #runs: Float64Array[] = [];
  #open = new Float64Array(SMALLEST);
  #size = 0;

  add(value: number): void {
    if (this.#size === this.#open.length) {
      this.#runs.push(this.#open.sort());
      this.#open = new Float64Array(Math.min(LARGEST, this.#open.length * 2));
      this.#size = 0;
    }
    this.#open[this.#size] = value;
    this.#size += 1;
  }

  /** The numbers that were added more than once, at most `limit` of them; `more` counts the rest. Ends the adding. */
  take(limit: number): { repeated: Set<number>; more: number } {
    const runs = [...this.#runs, this.#open.subarray(0, this.#size).sort()];
    const heads = runs.map(() => 0);
    const repeated = new Set<number>();
    let more = 0;
    let last = -1;
    let counted = -1;
    for (;;) {
      const value = takeSmallest(runs, heads);
      if (value === Number.POSITIVE_INFINITY) return { repeated, more };
      if (value === last && value !== counted) {
        counted = value;
        if (repeated.size < limit) repeated.add(value);
        else more += 1;
      }
      last = value;
    }
  }
}
