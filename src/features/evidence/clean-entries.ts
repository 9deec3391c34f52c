import { Refusal } from "../../platform/errors/index.ts";
import { cleanReference } from "../../vocabulary/clean-reference.ts";
import type { Entry } from "./read-entries.ts";
import { redactSecrets } from "./redact-secrets.ts";

export interface CleanEntries {
  entries: Entry[];
  /** Names the file; taken from the tool where none is asked for. */
  topic: string | undefined;
  /** What was taken out, in sentences. */
  taken: string[];
}

/** Takes out of entries, and of the file's name, what must not be written. */
export async function cleanEntries(
  given: readonly Entry[],
  topic: string | undefined,
): Promise<CleanEntries> {
  const of = (entry: number) => (given.length > 1 && entry < given.length ? ` of entry ${entry + 1}` : "");
  const taken: string[] = [];
  const referenced = given.map((entry, index) => {
    const { reference, removed } = cleanReference(String(entry.doc_ref));
    taken.push(...removed.map((what) => `${what} was taken out of doc_ref${of(index)}`));
    return { ...entry, doc_ref: reference };
  });
  const redacted = await redactSecrets([...referenced, { topic }]);
  const named = redacted.entries.pop();
  for (const { entry, field, rule } of redacted.taken)
    taken.push(`a secret (${rule}) was taken out of ${field}${of(entry)}`);
  if (redacted.entries.some(({ agent }, index) => agent !== given[index]?.agent)) {
    throw new Refusal("INPUT_INVALID", "nothing was written: the name of the agent looks like a secret", {
      hint: "choose another --agent",
    });
  }
  return { entries: redacted.entries, topic: named?.topic as string | undefined, taken };
}
