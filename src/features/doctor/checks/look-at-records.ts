import { localDate } from "../../../platform/clock/index.ts";
import { splitZero } from "../../../platform/git/index.ts";
import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";
import { RECORD_FOLDER } from "../../record/index.ts";
import type { CheckoutGround } from "../checkout-ground.ts";

const probes = (now: number): string[] => {
  const day = `${RECORD_FOLDER}/agent/${localDate(now)}`;
  return [`${day}/mcp/tool.jsonl`, `${day}/heartbeat.ndjson`];
};

/** Would git take tomorrow's records along? */
export async function lookAtRecords({ repository, now }: CheckoutGround): Promise<Finding> {
  // Reads paths literally, and refuses to be told so.
  const words = ["--no-literal-pathspecs", "check-ignore", "--no-index", "--verbose", "-z", "--stdin"];
  const input = `${probes(now).join("\0")}\0`;
  const found = splitZero((await repository.git(words, { input, accept: [0, 1] })).stdout);
  const [source, line, rule = ""] = found;
  if (source !== undefined && !rule.startsWith("!"))
    return fail(
      `${RECORD_FOLDER}/ is git-ignored (${source}:${line}: ${rule}): no record would ever be committed`,
      "growth-engine init, or take the rule out",
      { ignored: true },
    );
  return ok(`${RECORD_FOLDER}/ is tracked`, { ignored: false });
}

/** Do branches that both add records merge by themselves? */
export async function lookAtMerge({ repository, now }: CheckoutGround): Promise<Finding> {
  const words = ["--no-literal-pathspecs", "check-attr", "-z", "merge", "--", ...probes(now)];
  const values = splitZero((await repository.git(words)).stdout);
  const isUnion = values.length >= 6 && values[2] === "union" && values[5] === "union";
  return isUnion
    ? ok("records merge by union")
    : warn("branches that both add records conflict: merge=union is not set", "growth-engine init");
}
