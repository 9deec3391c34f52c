import { askMembership, type GithubAccess } from "../../platform/github/index.ts";
import type { Approval } from "../guard/index.ts";
import { missed, type Note } from "./note.ts";
import { readObject } from "./read-object.ts";

/** More questions than this are not asked: nobody names so many teams. */
const MAX_QUESTIONS = 50;
const TEAM = /^@?([\w-][\w.-]*)\/([\w-][\w.-]*)$/;

interface Asked {
  approvals: Approval[];
  notes: Note[];
}

function isNamed(user: string, allowed: readonly string[]): boolean {
  return allowed.some((name) => name.replace(/^@/, "").toLowerCase() === user.toLowerCase());
}

async function isMember(access: GithubAccess, team: string, user: string): Promise<boolean | string> {
  const [, organisation = "", slug = ""] = TEAM.exec(team) ?? [];
  const answer = await askMembership(access, { organisation, slug }, user);
  if ("found" in answer) return readObject(answer.found).state === "active";
  return `whether ${user} belongs to ${team} could not be seen: ${answer.unseen}`;
}

/**
 * Adds to each approval the teams, among those that may override, to which its user belongs. Users who are named
 * themselves are not asked for.
 */
export async function findTeams(
  access: GithubAccess,
  approvals: readonly Approval[],
  allowed: readonly string[],
): Promise<Asked> {
  const teams = allowed.filter((name) => TEAM.test(name));
  const notes: Note[] = [];
  const found: Approval[] = [];
  let left = MAX_QUESTIONS;
  for (const approval of approvals) {
    const mine: string[] = [];
    for (const team of isNamed(approval.user, allowed) ? [] : teams) {
      if (left === 0) break;
      left -= 1;
      const answer = await isMember(access, team, approval.user);
      if (answer === true) mine.push(team);
      else if (answer !== false) notes.push(missed(answer));
    }
    found.push({ ...approval, teams: mine });
  }
  return { approvals: found, notes };
}
