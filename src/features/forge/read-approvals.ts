import { type Approval, parseApprovalText } from "../guard/index.ts";
import { readObject, readText } from "./read-object.ts";

/**
 * The approvals among reviews (oldest first) that name a reason and an expiry. A user's later request for changes
 * takes back what the user approved; a dismissed review is no approval any more.
 */
export function readApprovals(reviews: readonly unknown[]): Approval[] {
  let approvals: Approval[] = [];
  for (const value of reviews) {
    const review = readObject(value);
    const user = readText(readObject(review, "user").login);
    const state = readText(review.state)?.toUpperCase();
    if (user === null) continue;
    if (state === "CHANGES_REQUESTED") approvals = approvals.filter((approval) => approval.user !== user);
    const head = readText(review.commit_id);
    const said = parseApprovalText(readText(review.body) ?? "");
    if (state === "APPROVED" && head !== null && said !== null) {
      approvals.push({ user, teams: [], head, ...said });
    }
  }
  return approvals;
}
