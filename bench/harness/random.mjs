/**
 * Numbers that are the same in every run (mulberry32), so that each machine measures the same files.
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    /** A whole number from 0 up to, not including, `end`. */
    below: (/** @type {number} */ end) => Math.floor(next() * end),
    /** One of the items. */
    pick: (/** @type {readonly any[]} */ items) => items[Math.floor(next() * items.length)],
    chance: (/** @type {number} */ share) => next() < share,
  };
}
