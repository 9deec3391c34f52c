/** Beginnings of keys that say whose they are, as their issuers publish them, and the words before a value. */
const KNOWN =
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-|pk_live_|sk_live_|rk_live_|AKIA|ASIA|AIza|ya29\.|npm_|ge_|shp(?:at|ca|pa|ss)_|eyJ[\w-]+\.)[\w./+=-]*/g;
const NAMED =
  /\b([\w-]*(?:passw(?:or)?d|pwd|secret|token|api[-_]?key|credential|authorization)[\w-]*)(["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',;]+/gi;
const SCHEME = /\b(bearer|basic)\s+[^\s"',;]+/gi;
/** Long, without a space, with digits among letters: hexadecimal, base64 and their like. Paths and words are not. */
const DENSE = /[A-Za-z0-9_+=-]{20,}/g;
const IN_ADDRESS = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const MASK = "[masked]";

function isDense(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  return digits >= 3 && /[A-Za-z]/.test(text);
}

/**
 * Masks whatever looks like a secret, rather too much than too little: recorders that may load nothing have no
 * better rules at hand. Linear in the text.
 */
export function maskLookalikes(text: string): string {
  return text
    .replace(IN_ADDRESS, `$1${MASK}@`)
    .replace(KNOWN, MASK)
    .replace(NAMED, (_, name: string, between: string) => `${name}${between}${MASK}`)
    .replace(SCHEME, `$1 ${MASK}`)
    .replace(DENSE, (found) => (isDense(found) ? MASK : found));
}
