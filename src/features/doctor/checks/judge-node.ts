import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";

/** What Growth Engine itself needs (`engines` of its package). */
const OWN = ">=20.19.0";

/** What a checkout says it wants of Node, and where it says so. */
export interface WantedNode {
  file: string;
  range: string;
}

/** Does the running Node fit? @param version such as `v24.1.0` */
export function judgeNode(version: string, wanted: WantedNode | null): Finding {
  const facts = { version, wanted: wanted?.range ?? null };
  const hint = `install it: https://nodejs.org, or nvm install ${wanted?.range ?? "24"}`;
  if (!satisfies(version, OWN)) return fail(`${version}; Growth Engine needs ${OWN}`, hint, facts);
  if (wanted === null) return ok(version, facts);
  const says = `${version} (${wanted.file} wants ${wanted.range})`;
  // `lts/*` and the like: names that only a version manager knows.
  if (validRange(wanted.range) === null) return ok(`${says}, which was not compared`, facts);
  return satisfies(version, wanted.range) ? ok(says, facts) : warn(says, hint, facts);
}
