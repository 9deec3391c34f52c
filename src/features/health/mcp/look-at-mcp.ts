import { commonGitDirectory } from "../../../platform/git/index.ts";
import { shorten } from "../../../platform/terminal/index.ts";
import { type Finding, fail, type HealthCheck, ok, unknown } from "../../../vocabulary/health.ts";
import { approvalOf, isApproved, type SetUpCommand } from "../../work/index.ts";
import { approvalFor } from "./approval.ts";
import { fillIn } from "./fill-in.ts";
import { judgeTalk } from "./judge-talk.ts";
import type { McpServer } from "./mcp-server.ts";
import { readServers } from "./read-servers.ts";
import type { TalkOptions } from "./talk.ts";

/** All names stand in one column. */
const MAX_NAME = 24;

/** The servers of a checkout, each with what a user would approve. */
export function serversOf(worktree: string): { server: McpServer; approval: SetUpCommand }[] {
  const place = { worktree, gitDirectory: commonGitDirectory(worktree) ?? worktree };
  return readServers(worktree).servers.map((server) => ({ server, approval: approvalFor(server, place) }));
}

async function lookAtOne(
  { said, file }: McpServer,
  approval: SetUpCommand,
  options: TalkOptions,
): Promise<Finding> {
  if (!isApproved(approval, options.env))
    return unknown(
      `not asked: you have not approved ${file}'s ${approval.shown ?? ""}`,
      `read it, then: ${approvalOf(approval, "health")}`,
    );
  const reach = fillIn(said, options);
  if ("missing" in reach)
    return unknown(
      `it needs ${reach.missing.join(", ")}, which your environment does not have`,
      `see ${file}`,
    );
  // The protocol's library is loaded only where there is somebody to talk to.
  const { talk } = await import("./talk.ts");
  return judgeTalk(await talk(reach, approval, options), file);
}

/** Asks every MCP server that the checkout names and the caller wants whether it is there, all at the same time. */
export async function lookAtMcp(
  options: TalkOptions,
  isWanted: (name: string) => boolean,
): Promise<HealthCheck[]> {
  const { unreadable } = readServers(options.worktree);
  const servers = serversOf(options.worktree);
  const broken = unreadable.map(({ file, why }) => ({
    name: "mcp",
    ...fail(`${file} ${why}`, `mend ${file}`),
  }));
  if (servers.length === 0 && broken.length === 0)
    return [{ name: "mcp", ...ok("this checkout names no MCP servers") }];
  const named = servers.map((one) => ({ ...one, name: `mcp ${shorten(one.server.name, MAX_NAME)}` }));
  const looks = named
    .filter(({ name }) => isWanted(name))
    .map(async ({ server, approval, name }) => ({ name, ...(await lookAtOne(server, approval, options)) }));
  return [...broken.filter(({ name }) => isWanted(name)), ...(await Promise.all(looks))];
}
