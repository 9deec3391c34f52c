import { matchPaths } from "../../../platform/globs/index.ts";

/** What a policy says of one server's tools: globs of tool names. */
export interface ToolRules {
  /** May not be called. */
  deny?: readonly string[];
  /** All that may be called; everything where it is absent. */
  allow?: readonly string[];
}

/** A policy file, by the name of the server, as evidence calls it; `*` is every server. */
export interface Policy {
  file: string;
  servers: Readonly<Record<string, ToolRules>>;
}

/** Answers which policy denies a tool; null where none does. */
export type DeniedBy = (tool: string) => Policy | null;

function toolDenied({ deny = [], allow }: ToolRules): (tool: string) => boolean {
  const denied = matchPaths(deny);
  const allowed = allow === undefined ? () => true : matchPaths(allow);
  // Without a name there is nothing that could be allowed.
  return (tool) => tool === "" || denied(tool) || !allowed(tool);
}

/**
 * All policies at once: a tool is denied when any of them denies it, so that none takes away what another says.
 * @param names all by which the server goes
 * @returns null where none says anything of this server
 */
export function judgeCalls(policies: readonly Policy[], names: readonly string[]): DeniedBy | null {
  const judges = policies.flatMap((policy) =>
    [...new Set(["*", ...names])]
      .filter((name) => Object.hasOwn(policy.servers, name))
      .map((name) => ({ policy, denies: toolDenied(policy.servers[name] ?? {}) })),
  );
  if (judges.length === 0) return null;
  return (tool) => judges.find(({ denies }) => denies(tool))?.policy ?? null;
}
