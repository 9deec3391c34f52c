import type { Client } from "../../../platform/client/index.ts";
import type { CallOf } from "../../../platform/endpoint/index.ts";
import { isRefusal } from "../../../platform/errors/index.ts";
import { findDefaultBase } from "../../../platform/git/index.ts";
import { judgeRange } from "../../guard/index.ts";
import type { publishVerdictEndpoint } from "../../guard/live/index.ts";
import type { Ground } from "./open-ground.ts";

/** What the guards said of what is checked out, and the number under which that is kept. */
export interface Published {
  verdict: "pass" | "fail" | "error";
  id: number;
}

type Body = NonNullable<CallOf<typeof publishVerdictEndpoint>["body"]>;

/**
 * Judges what is checked out against the default branch, by the guards and nothing else, and has the verdict kept.
 * @returns null where there is no other commit to compare with, or the rules themselves are broken
 */
export async function publishVerdict(
  client: Client,
  ground: Ground,
  head: string,
): Promise<Published | null> {
  const { repository, name } = ground;
  try {
    const base = await findDefaultBase(repository);
    if (base === head) return null;
    const subject = { base, head, text: null, actor: null, mergeGroup: false, approvals: [] };
    const { report } = await judgeRange(repository, subject, "all");
    const body = { repository: name, verdict: report as unknown as Body["verdict"] };
    const { id, verdict } = await client.ask<typeof publishVerdictEndpoint>("POST /api/v1/guard", { body });
    return { id, verdict };
  } catch (error) {
    if (isRefusal(error) && ["REVISION_UNKNOWN", "CONFIG_INVALID"].includes(error.code)) return null;
    throw error;
  }
}
