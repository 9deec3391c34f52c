import { type Finding, fail, ok } from "../../../vocabulary/health.ts";
import { type CheckoutGround, lookAtRecords } from "../../doctor/index.ts";
import { verifyEvidenceFiles } from "../../evidence/index.ts";

/** Is evidence of this checkout kept, and is what is there valid? */
export async function lookAtEvidence(ground: CheckoutGround): Promise<Finding> {
  const [records, verified] = await Promise.all([
    lookAtRecords(ground),
    verifyEvidenceFiles(ground.repository, undefined, [], ground.worktree),
  ]);
  if (records.state !== "ok") return records;
  const blocking = verified.findings.filter(({ level }) => level === "block");
  const facts = { verdict: verified.verdict, findings: blocking.length };
  if (verified.verdict === "fail") {
    const more = blocking.length > 1 ? `, and ${blocking.length - 1} more` : "";
    return fail(
      `${blocking[0]?.file ?? ""}: ${blocking[0]?.message}${more}`,
      "growth-engine evidence verify",
      facts,
    );
  }
  return ok(`tracked; ${verified.summary}`, facts);
}
