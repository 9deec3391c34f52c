import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { localDate } from "../../../platform/clock/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { isPathPart, RECORD_FOLDER } from "../../record/index.ts";

/** What records of an agent are called by. @throws Refusal INPUT_INVALID */
export function refuseUnwritable(agent: string): void {
  if (isPathPart(agent)) return;
  throw new Refusal("INPUT_INVALID", `the agent's name "${agent}" cannot name a folder of records`, {
    hint: "use letters, digits and . _ - @: growth-engine agent add <name>",
  });
}

/** Makes `artifacts/<agent>/<date>/mcp`; never through a link. */
export function makeEvidenceFolder(worktree: string, agent: string, now: number): string {
  const path = `${RECORD_FOLDER}/${agent}/${localDate(now)}/mcp`;
  const folder = join(worktree, path);
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  if (realpathSync(there) !== join(realpathSync(worktree), there.slice(worktree.length)))
    throw new Refusal(
      "INPUT_INVALID",
      `${path} leads through a link, and records are never written through links`,
      {
        hint: "replace the link in its path by a folder",
      },
    );
  mkdirSync(folder, { recursive: true });
  return path;
}
