import { askReviews, type GithubAccess, type RepositoryName } from "../../platform/github/index.ts";
import type { Approval } from "../guard/index.ts";
import { findTeams } from "./find-teams.ts";
import { missed, type Note, saw } from "./note.ts";
import { readApprovals } from "./read-approvals.ts";

/** The approvals of one commit of a pull request that may be overrides, with the teams of who gave them. */
export async function askApprovals(
  access: GithubAccess,
  repository: RepositoryName,
  { number, head }: { number: number; head: string },
  allowed: readonly string[],
): Promise<{ approvals: Approval[]; notes: Note[] }> {
  if (allowed.length === 0) return { approvals: [], notes: [] };
  const answer = await askReviews(access, repository, number);
  if ("unseen" in answer) {
    const why = `approvals of #${number} could not be read, so that none is an override: ${answer.unseen}`;
    return { approvals: [], notes: [missed(why)] };
  }
  const given = readApprovals(answer.found);
  const current = given.filter((approval) => approval.head === head);
  // Told as no override, without a question about teams.
  const others = given.filter((approval) => approval.head !== head);
  const { approvals, notes } = await findTeams(access, current, allowed);
  const whole = current.filter(({ reason, until }) => reason !== "" && until !== "").length;
  const said = whole === 1 ? "1 approval that names" : `${whole} approvals that name`;
  return {
    approvals: [...approvals, ...others],
    notes: [saw(`#${number} has ${said} reason and expiry for ${head.slice(0, 10)}`), ...notes],
  };
}
