const BARS = "▁▂▃▄▅▆▇█";

/** One character for each share from 0 to 1; `·` where there is none. */
export function sparkline(shares: readonly (number | null)[]): string {
  return shares
    .map((share) => {
      if (share === null) return "·";
      const bar = Math.floor(Math.min(1, Math.max(0, share)) * (BARS.length - 1));
      return BARS.charAt(bar);
    })
    .join("");
}
