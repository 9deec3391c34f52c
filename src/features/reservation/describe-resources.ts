import type { ResourceView } from "./contract.ts";

const SHOWN = 3;

/** `src/**`, `environment staging`, `web:src/**`. */
export function describeResource({ kind, pattern, repository }: ResourceView): string {
  if (kind !== "file") return `${kind} ${pattern}`;
  return repository === null ? pattern : `${repository}:${pattern}`;
}

/** The first few of them. */
export function describeResources(resources: readonly ResourceView[], shown = SHOWN): string {
  const more = resources.length > shown ? ` and ${resources.length - shown} more` : "";
  return `${resources.slice(0, shown).map(describeResource).join(", ")}${more}`;
}
