import { readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { messageOf, Refusal, systemCode } from "../../../platform/errors/index.ts";
import { findWorktree } from "../../../platform/git/git-directory.ts";
import type { Policy, ToolRules } from "./judge-call.ts";

const NAME = "growth-engine/proxy-policy.json";

function invalid(file: string, what: string): Refusal {
  return new Refusal("INPUT_INVALID", `the policy ${file} ${what}`, {
    hint: `write it like {"servers": {"github": {"deny": ["delete_*"]}}}`,
  });
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string" && each !== "");
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readRules(file: string, server: string, rules: unknown): ToolRules {
  const wrong = isObject(rules)
    ? Object.entries(rules).find(([name, globs]) => !["deny", "allow"].includes(name) || !isTexts(globs))
    : [];
  if (wrong === undefined) return rules as ToolRules;
  throw invalid(file, `says of ${server} what is no list of tool names under deny or allow`);
}

function parsePolicy(file: string, text: string): Policy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(file, `is no JSON: ${messageOf(error)}`);
  }
  const isWhole = isObject(value) && isObject(value.servers) && Object.keys(value).length === 1;
  if (!isWhole) throw invalid(file, "holds something else than servers");
  const { servers } = value as { servers: Record<string, unknown> };
  const rules = Object.entries(servers).map(([name, each]) => [name, readRules(file, name, each)]);
  return { file, servers: Object.fromEntries(rules) };
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function refuseInside(worktree: string | null, file: string, path: string): void {
  if (worktree === null || !isInside(worktree, path)) return;
  throw new Refusal(
    "INPUT_INVALID",
    `the policy ${file} lies in the checkout, where the agent could change it`,
    {
      hint: `move it to ~/.config/${NAME}`,
    },
  );
}

function readPolicy(file: string, worktree: string | null, isAsked: boolean): Policy[] {
  try {
    // Where it really lies, and where it is named: either could be changed by who works in the checkout.
    refuseInside(worktree, file, join(realpathSync(dirname(file)), file.slice(dirname(file).length)));
    refuseInside(worktree, file, realpathSync(file));
    return [parsePolicy(file, readFileSync(file, "utf8"))];
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof Refusal || code === undefined) throw error;
    if (!isAsked && (code === "ENOENT" || code === "ENOTDIR")) return [];
    throw invalid(file, `cannot be read: ${messageOf(error)}`);
  }
}

/** The user's own and the machine's policy, which hold whatever is asked for. */
function standingPolicies(env: NodeJS.ProcessEnv): string[] {
  const own = [env.XDG_CONFIG_HOME, join(homedir(), ".config")].filter((each) => each?.startsWith("/"));
  return [...new Set([...own.map((folder) => join(folder ?? "", NAME)), join("/etc", NAME)])];
}

/**
 * Policies that hold for a proxy started in a folder. One that lies in the checkout around that folder is refused:
 * whoever works there could change it.
 * @throws Refusal INPUT_INVALID
 */
export function readPolicies(
  asked: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Policy[] {
  const top = findWorktree(cwd);
  const worktree = top === null ? null : realpathSync(top);
  return [
    ...standingPolicies(env).flatMap((file) => readPolicy(file, worktree, false)),
    ...asked.flatMap((file) => readPolicy(resolve(cwd, file), worktree, true)),
  ];
}
