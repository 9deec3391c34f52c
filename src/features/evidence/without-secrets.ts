import type { TakenSecret } from "./redact-secrets.ts";

type Entry = Readonly<Record<string, unknown>>;

/**
 * Entries without what secretlint's recommended rules call a secret, for recorders that write lines themselves. The
 * rules are loaded when they are needed: they are most of what recording loads.
 * @throws Refusal INPUT_INVALID for an entry that is nested too deeply
 */
export async function withoutSecrets(
  entries: readonly Entry[],
): Promise<{ entries: Record<string, unknown>[]; taken: TakenSecret[] }> {
  return (await import("./redact-secrets.ts")).redactSecrets(entries);
}
