const SMALLEST = 1 << 12;
const RUN = 1 << 20;
const SHORT = 32;
const HIGH_VALUES = 1 << 16;
const LOW_VALUES = 2 ** 32;

/** Numbers below 2^48 in four bytes each: their low halves, and where those of each high half begin. */
interface Run {
  lows: Uint32Array;
  starts: Uint32Array;
}

/** Puts each low half behind the others of its high half: counting is all the sorting that is needed. */
function packRun(highs: Uint16Array, lows: Uint32Array): Run {
  const starts = new Uint32Array(HIGH_VALUES + 1);
  for (let at = 0; at < highs.length; at += 1) {
    const after = (highs[at] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let high = 0; high < HIGH_VALUES; high += 1)
    starts[high + 1] = (starts[high + 1] ?? 0) + (starts[high] ?? 0);
  const next = starts.slice();
  const packed = new Uint32Array(lows.length);
  for (let at = 0; at < lows.length; at += 1) {
    const high = highs[at] ?? 0;
    const place = next[high] ?? 0;
    next[high] = place + 1;
    packed[place] = lows[at] ?? 0;
  }
  return { lows: packed, starts };
}

/** In place. Most lists are short, and for these a call of the built-in sort costs more than the sorting. */
function sortShort(values: Uint32Array): Uint32Array {
  if (values.length > SHORT) return values.sort();
  for (let end = 1; end < values.length; end += 1) {
    const value = values[end] ?? 0;
    let at = end;
    for (; at > 0 && (values[at - 1] ?? 0) > value; at -= 1) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
  return values;
}

/** The low halves that stand more than once below one high half, in all runs together. */
function repeatedLows(runs: readonly Run[], high: number, scratch: Uint32Array): number[] {
  let size = 0;
  for (const { lows, starts } of runs) {
    for (let at = starts[high] ?? 0; at < (starts[high + 1] ?? 0); at += 1) scratch[size++] = lows[at] ?? 0;
  }
  const sorted = sortShort(scratch.subarray(0, size));
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
  #highs = new Uint16Array(SMALLEST);
  #lows = new Uint32Array(SMALLEST);
  #size = 0;

  add(value: number): void {
    if (this.#size === this.#lows.length) this.#makeRoom();
    this.#highs[this.#size] = value / LOW_VALUES;
    this.#lows[this.#size] = value;
    this.#size += 1;
  }

  #makeRoom(): void {
    if (this.#size < RUN) {
      const [highs, lows] = [this.#highs, this.#lows];
      this.#highs = new Uint16Array(this.#size * 2);
      this.#lows = new Uint32Array(this.#size * 2);
      this.#highs.set(highs);
      this.#lows.set(lows);
    } else {
      this.#runs.push(packRun(this.#highs, this.#lows));
      this.#size = 0;
    }
  }

  /** Those that were added more than once, at most `limit` of them; `more` counts the rest. Ends the adding. */
  take(limit: number): { repeated: Set<number>; more: number } {
    const runs = [
      ...this.#runs,
      packRun(this.#highs.subarray(0, this.#size), this.#lows.subarray(0, this.#size)),
    ];
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
