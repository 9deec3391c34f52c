/**
 * Takes out of all texts of some objects what secretlint's recommended rules call a secret. The rules are loaded when
 * they are first asked for.
 * @throws Refusal INPUT_INVALID for one that is nested too deeply
 */
export async function takeOutSecrets(
  given: readonly Readonly<Record<string, unknown>>[],
): Promise<Record<string, unknown>[]> {
  const { redactSecrets } = await import("./redact-secrets.ts");
  return (await redactSecrets(given)).entries;
}
