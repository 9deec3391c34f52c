/**
 * In which way a line was recorded, such as `hook`; empty for one that somebody wrote. Several kinds tell of the
 * same call under the same id, and none of them repeats the other.
 */
export function recorderKind({ recorder }: Readonly<Record<string, unknown>>): string {
  if (typeof recorder !== "object" || recorder === null) return "";
  const { kind } = recorder as Record<string, unknown>;
  return typeof kind === "string" ? kind : "";
}
