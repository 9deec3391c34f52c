/** The first entry of an archive: the SHA-256 of every other, as `sha256sum --check` reads it. */
export const MANIFEST = "SHA256SUMS";
/** So many files an archive may hold. */
export const MAX_ENTRIES = 100_000;

const ROW = /^(\\?)([0-9a-f]{64}) [ *](.+)$/s;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
const ESCAPED: Readonly<Record<string, string>> = { "\\\\": "\\", "\\n": "\n", "\\r": "\r" };

/** Rows of the manifest, in the form of GNU coreutils: a name with a line end is escaped behind a backslash. */
export function formatManifest(sums: ReadonlyMap<string, string>): Buffer {
  const rows = [...sums].map(([path, sum]) => {
    const name = path.replace(/[\\\n\r]/g, (character) => ESCAPES[character] ?? character);
    return `${name === path ? "" : "\\"}${sum}  ${name}\n`;
  });
  return Buffer.from(rows.join(""));
}

/** Path → SHA-256; null when a row is none, or names a file twice. */
export function parseManifest(content: Buffer): Map<string, string> | null {
  const sums = new Map<string, string>();
  for (const row of content.toString("utf8").split("\n")) {
    if (row === "") continue;
    const [, mark, sum, name = ""] = ROW.exec(row) ?? [];
    const path = mark === "" ? name : name.replace(/\\[\\nr]/g, (pair) => ESCAPED[pair] ?? pair);
    if (sum === undefined || sums.has(path)) return null;
    sums.set(path, sum);
  }
  return sums;
}
