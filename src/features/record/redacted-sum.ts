/** A line that stands where a redacted one stood: `{"redacted":"<sha-256 of the line>", …}`; null when it is none. */
export function redactedSum(line: string): string | null {
  if (!line.includes('"redacted"')) return null;
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    return typeof value?.redacted === "string" ? value.redacted : null;
  } catch {
    return null;
  }
}
