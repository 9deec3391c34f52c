import type { ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { parseDuration } from "../../../vocabulary/duration.ts";
import type { Resource } from "../contract.ts";

/** What is wanted, as it is typed. */
export interface WishOptions extends ServerChoice {
  read?: string[];
  environment?: string[];
  name?: string[];
  shared?: boolean;
  repository?: string;
}

/** A checkout's own way of writing what git calls `src/a.ts`. */
const plainPath = (glob: string): string => glob.replace(/^(\.\/)+/, "");

/** All that is wanted. @throws Refusal USAGE when it is nothing */
export function readWishes(globs: readonly string[], options: WishOptions): Resource[] {
  const { read = [], environment = [], name = [], shared = false, repository } = options;
  const file = (glob: string, isShared: boolean): Resource => ({
    kind: "file",
    pattern: plainPath(glob),
    shared: isShared,
    ...(repository === undefined ? {} : { repository }),
  });
  const wishes: Resource[] = [
    ...globs.map((glob) => file(glob, shared)),
    ...read.map((glob) => file(glob, true)),
    ...environment.map((pattern) => ({ kind: "environment" as const, pattern, shared })),
    ...name.map((pattern) => ({ kind: "name" as const, pattern, shared })),
  ];
  if (wishes.length > 0) return wishes;
  throw new Refusal("USAGE", "what is wanted is not said", {
    hint: 'growth-engine reservation take "src/login/**" --environment staging',
  });
}

/** Whole seconds of a duration. @throws Refusal USAGE */
export function readSeconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms !== null) return Math.round(ms / 1_000);
  throw new Refusal("USAGE", `${option} "${text}" is no duration`, { hint: `${option} 15m` });
}
