/** A secret in a text. The secret itself is not told. */
export interface FoundSecret {
  /** Counted from 1. */
  line: number;
  /** Secretlint's word for it, such as `github`. */
  rule: string;
}

/** The secrets in a text, by secretlint's recommended rules; several rules that mean one place count once. */
export async function findSecrets(text: string): Promise<FoundSecret[]> {
  // Most of what it loads are the rules, which readers of evidence never need.
  const { searchSecrets } = await import("./redact-secrets.ts");
  const hits = (await searchSecrets(text)).sort((a, b) => a.from - b.from);
  let end = -1;
  const apart = hits.filter(({ from, to }) => {
    const isNew = from >= end;
    end = Math.max(end, to);
    return isNew;
  });
  return apart.map(({ from, rule }) => ({ line: text.slice(0, from).split("\n").length, rule }));
}
