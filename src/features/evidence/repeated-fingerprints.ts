const SMALLEST = 1 << 12;
const RUN = 1 << 20;
const SHORT = 32;
const HIGH_VALUES = 1 << 16;
const LOW_VALUES = 2 ** 32;

/** Numbers below 2^48 in four bytes each: their low halves, and where those of each high half begin. */
export interface Run {
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

/** The first `size` in place. Most lists are short, and for these a call of the built-in sort costs more than sorting. */
function sortShort(values: Uint32Array, size: number): void {
  if (size > SHORT) {
    values.subarray(0, size).sort();
    return;
  }
  for (let end = 1; end < size; end += 1) {
    const value = values[end] ?? 0;
    let at = end;
    for (; at > 0 && (values[at - 1] ?? 0) > value; at -= 1) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
}

/** How many numbers of all runs have this high half. */
function sizeOf(runs: readonly Run[], high: number): number {
  let size = 0;
  for (const { starts } of runs) size += (starts[high + 1] ?? 0) - (starts[high] ?? 0);
  return size;
}

/** Hands on the low halves that stand more than once below one high half, in all runs together, in order. */
function eachRepeated(
  runs: readonly Run[],
  high: number,
  scratch: Uint32Array,
  visit: (low: number) => void,
): void {
  let size = 0;
  for (const { lows, starts } of runs) {
    const end = starts[high + 1] ?? 0;
    for (let at = starts[high] ?? 0; at < end; at += 1) scratch[size++] = lows[at] ?? 0;
  }
  sortShort(scratch, size);
  for (let at = 1; at < size; at += 1) {
    const isFirst = at === 1 || scratch[at - 1] !== scratch[at - 2];
    if (isFirst && scratch[at] === scratch[at - 1]) visit(scratch[at] ?? 0);
  }
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

  /** All that were added, packed, for {@link addRuns} of another. Ends the adding. */
  runs(): Run[] {
    const last = packRun(this.#highs.subarray(0, this.#size), this.#lows.subarray(0, this.#size));
    return [...this.#runs, last];
  }

  addRuns(runs: readonly Run[]): void {
    this.#runs.push(...runs);
  }

  /** Those that were added more than once, at most `limit` of them; `more` counts the rest. Ends the adding. */
  take(limit: number): { repeated: Set<number>; more: number } {
    const runs = this.runs();
    const repeated = new Set<number>();
    let more = 0;
    let scratch = new Uint32Array(SMALLEST);
    let high = 0;
    const note = (low: number) => {
      if (repeated.size < limit) repeated.add(high * LOW_VALUES + low);
      else more += 1;
    };
    for (; high < HIGH_VALUES; high += 1) {
      const size = sizeOf(runs, high);
      if (size < 2) continue;
      if (size > scratch.length) scratch = new Uint32Array(size);
      eachRepeated(runs, high, scratch, note);
    }
    return { repeated, more };
  }
}
