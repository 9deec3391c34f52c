import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Repository, splitZero } from "../../../platform/git/index.ts";
import { RECORD_FOLDER } from "../../record/index.ts";
import type { Desk } from "../../task/index.ts";
import type { Ground } from "./open-ground.ts";
import { findProgram, type SetUpCommand } from "./set-up-commands.ts";

/** One thing that was looked at. */
export interface EnvironmentCheck {
  what: string;
  state: "ok" | "look";
  says: string;
}

async function branchOf(repository: Repository): Promise<EnvironmentCheck> {
  const { status, stdout } = await repository.git(["symbolic-ref", "--quiet", "--short", "HEAD"], {
    accept: [0, 1],
  });
  const branch = stdout.toString().trim();
  const isShared = status === 0 && ["main", "master"].includes(branch);
  if (status !== 0) return { what: "branch", state: "look", says: "no branch: HEAD is detached" };
  return {
    what: "branch",
    state: isShared ? "look" : "ok",
    says: isShared ? `${branch}: work goes on a branch of its own` : branch,
  };
}

/** Records are written while one works, so they do not count. */
async function treeOf(repository: Repository): Promise<EnvironmentCheck> {
  const { stdout } = await repository.git(["status", "--porcelain", "-z", "--no-renames"]);
  const changed = splitZero(stdout).filter((line) => !line.slice(3).startsWith(`${RECORD_FOLDER}/`));
  const count = changed.length === 1 ? "1 file" : `${changed.length} files`;
  return changed.length === 0
    ? { what: "git tree", state: "ok", says: "clean" }
    : { what: "git tree", state: "look", says: `${count} not committed, such as ${changed[0]?.slice(3)}` };
}

async function gitVersion(repository: Repository): Promise<EnvironmentCheck> {
  const { stdout } = await repository.git(["--version"]);
  return {
    what: "git",
    state: "ok",
    says: stdout
      .toString()
      .trim()
      .replace(/^git version /, ""),
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").slice(0, 1 << 20);
  } catch {
    // No such file: nothing is asked for.
    return null;
  }
}

/** What the checkout says it wants of Node, as it says it. */
function wantedNode(worktree: string): string | null {
  try {
    const { engines } = JSON.parse(readText(join(worktree, "package.json")) ?? "{}") as {
      engines?: { node?: unknown };
    };
    if (typeof engines?.node === "string") return `package.json wants ${engines.node.slice(0, 60)}`;
  } catch {
    // A manifest that is no JSON says nothing about Node; whoever installs will hear of it.
  }
  const named = [".nvmrc", ".node-version"].map((file) =>
    readText(join(worktree, file))?.trim().slice(0, 60),
  );
  const version = named.find(Boolean);
  return version === undefined ? null : `.nvmrc wants ${version}`;
}

function nodeOf(worktree: string): EnvironmentCheck {
  const wanted = wantedNode(worktree);
  return { what: "node", state: "ok", says: `${process.version}${wanted === null ? "" : ` (${wanted})`}` };
}

function programsOf(commands: readonly SetUpCommand[], worktree: string, path: string): EnvironmentCheck[] {
  const programs = [...new Set(commands.map(({ argv }) => argv[0] ?? ""))];
  return programs.map((program) => {
    const found = findProgram(program, worktree, path);
    return {
      what: "set-up",
      state: found === null ? "look" : "ok",
      says: found ?? `${program} is not on the PATH`,
    };
  });
}

/** Evidence and beats ask the environment whose they are. */
function agentOf(agent: string, named: string | undefined): EnvironmentCheck {
  if (named === agent) return { what: "agent", state: "ok", says: `${agent}, also for evidence and beats` };
  const said = named === undefined ? "is not set" : `is ${named}`;
  return {
    what: "agent",
    state: "look",
    says: `GROWTH_ENGINE_AGENT ${said}: export GROWTH_ENGINE_AGENT=${agent}`,
  };
}

/** Looks at what work here stands on. Nothing but git is run. */
export async function checkEnvironment(
  { repository, worktree, readCommands }: Pick<Ground, "repository" | "worktree" | "readCommands">,
  { client, fleet, agent }: Desk & { agent: string },
  env: NodeJS.ProcessEnv,
): Promise<EnvironmentCheck[]> {
  return [
    await treeOf(repository),
    await branchOf(repository),
    await gitVersion(repository),
    nodeOf(worktree),
    ...programsOf(readCommands(), worktree, env.PATH ?? ""),
    agentOf(agent, env.GROWTH_ENGINE_AGENT || undefined),
    { what: "server", state: "ok", says: `${client.url}, fleet ${fleet}` },
  ];
}
