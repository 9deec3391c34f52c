const SMALLEST = 1 << 12;
const RUN = 1 << 20;
const HIGH_VALUES = 1 << 16;
const LOW_VALUES = 2 ** 32;

/** Sorted numbers below 2^48 in four bytes each: their low halves, and where each high half begins. */
interface Run {
  lows: Uint32Array;
  starts: Uint32Array;
}

function packRun(sorted: Float64Array): Run {
  const lows = new Uint32Array(sorted.length);
  const starts = new Uint32Array(HIGH_VALUES + 1);
  let high = 0;
  for (const [index, value] of sorted.entries()) {
    const own = Math.floor(value / LOW_VALUES);
    if (own > high) starts.fill(index, high + 1, own + 1);
    high = own;
    lows[index] = value % LOW_VALUES;
  }
  starts.fill(sorted.length, high + 1);
  return { lows, starts };
}

/** The low halves that stand more than once below one high half, in all runs together. */
function repeatedLows(runs: readonly Run[], high: number, scratch: Uint32Array): number[] {
  let size = 0;
  for (const { lows, starts } of runs) {
    for (let at = starts[high] ?? 0; at < (starts[high + 1] ?? 0); at += 1) scratch[size++] = lows[at] ?? 0;
  }
  const sorted = scratch.subarray(0, size).sort();
  const repeated: number[] = [];
  for (let at = 1; at < size; at += 1) {
    const value = sorted[at] ?? 0;
    if (value === sorted[at - 1] && value !== repeated.at(-1)) repeated.push(value);
  }
  return repeated;
}

/** Finds which of many fingerprints were added twice, in four bytes each, where a Set of texts takes a hundred. */
export class RepeatedFingerprints {
  readonly #runs: Run[] = [];
  #open = new Float64Array(SMALLEST);
  #size = 0;

  add(value: number): void {
    if (this.#size === this.#open.length) this.#makeRoom();
    this.#open[this.#size] = value;
    this.#size += 1;
  }

  #makeRoom(): void {
    if (this.#open.length < RUN) {
      const larger = new Float64Array(this.#open.length * 2);
      larger.set(this.#open);
      this.#open = larger;
    } else {
      this.#runs.push(packRun(this.#open.sort()));
      this.#size = 0;
    }
  }

  /** Those that were added more than once, at most `limit` of them; `more` counts the rest. Ends the adding. */
  take(limit: number): { repeated: Set<number>; more: number } {
    const runs = [...this.#runs, packRun(this.#open.subarray(0, this.#size).sort())];
    const sizeOf = (high: number) =>
      runs.reduce((sum, { starts }) => sum + (starts[high + 1] ?? 0) - (starts[high] ?? 0), 0);
    const repeated = new Set<number>();
    let more = 0;
    let scratch = new Uint32Array(SMALLEST);
    for (let high = 0; high < HIGH_VALUES; high += 1) {
      const size = sizeOf(high);
      if (size < 2) continue;
      if (size > scratch.length) scratch = new Uint32Array(size);
      for (const low of repeatedLows(runs, high, scratch)) {
        if (repeated.size < limit) repeated.add(high * LOW_VALUES + low);
        else more += 1;
      }
    }
    return { repeated, more };
  }
}
