import { askPull, type GithubAccess } from "../../platform/github/index.ts";
import type { Config } from "../config/index.ts";
import type { Subject } from "../guard/index.ts";
import { askApprovals } from "./ask-approvals.ts";
import { confirmExempt } from "./confirm-exempt.ts";
import { missed, type Note, saw } from "./note.ts";
import type { Occasion } from "./read-occasion.ts";
import { readPull } from "./read-pull.ts";

/** What is judged, after the forge was asked. */
export interface Learned {
  subject: Subject;
  notes: Note[];
}

/** The text as it stands now: a job that is run again gets the event of its first run. */
async function learnText(
  access: GithubAccess,
  { repository, pull }: Occasion,
  subject: Subject,
): Promise<Learned> {
  const answer =
    pull === null ? { unseen: "the event names no number" } : await askPull(access, repository, pull);
  const found = "found" in answer ? readPull(answer.found) : null;
  if (found === null) {
    const why = "unseen" in answer ? answer.unseen : "GitHub's answer describes no pull request";
    return { subject, notes: [missed(`the text is the event's, which may be out of date: ${why}`)] };
  }
  const changed =
    found.text === subject.text ? "the event's says the same" : "the event's says something else";
  return {
    subject: { ...subject, text: found.text },
    notes: [saw(`the text is that of #${found.number} as it stands now; ${changed}`)],
  };
}

/** Text, exemption and approvals of the pull request that an event names. */
export async function learnPull(
  access: GithubAccess,
  occasion: Occasion,
  subject: Subject,
  { exempt, override: allowed }: Config["pullRequest"],
): Promise<Learned> {
  const { repository, pull } = occasion;
  const [text, exemption, asked] = await Promise.all([
    learnText(access, occasion, subject),
    confirmExempt(access, occasion, subject, exempt),
    pull === null
      ? { approvals: [], notes: [] }
      : askApprovals(access, repository, { number: pull, head: subject.head }, allowed),
  ]);
  const approvals = [...asked.approvals, ...subject.approvals];
  const { actor } = exemption;
  return {
    subject: { ...text.subject, actor, approvals },
    notes: [...text.notes, ...exemption.notes, ...asked.notes],
  };
}
