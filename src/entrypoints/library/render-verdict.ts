import {
  type Format,
  parseFormat,
  renderVerdict as render,
  renderGuard,
  type VerdictReport,
} from "../../features/verdict/index.ts";
import type { GuardVerdict } from "../../vocabulary/finding.ts";
import { version } from "./version.ts";

/**
 * Renders a verdict, or the answer of one guard, as text for people and programs. Pure; all that a repository said is
 * escaped for the format.
 *
 * @param options `colour`: whether `text` may hold terminal colours; off where it is not given
 * @throws Refusal USAGE for an unknown format, with the nearest one
 */
export function renderVerdict(
  verdict: VerdictReport | GuardVerdict,
  format: Format,
  options: { colour?: boolean | undefined } = {},
): string {
  const as = parseFormat(format);
  const how = { colour: options.colour === true && as === "text", version };
  return "guards" in verdict ? render(verdict, as, how) : renderGuard(verdict, as, how);
}
