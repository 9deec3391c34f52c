import { isRefusal } from "../../../platform/errors/index.ts";
import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";
import { CONFIG_FILE, findConfig, locateConfig } from "../../config/index.ts";
import type { CheckoutGround } from "../checkout-ground.ts";

export async function lookAtConfig({ worktree }: Pick<CheckoutGround, "worktree">): Promise<Finding> {
  try {
    const { rules } = findConfig(worktree);
    if (locateConfig(worktree) === null)
      return warn(`no ${CONFIG_FILE}: the defaults hold`, "growth-engine init", { rules_off: [] });
    const off = Object.entries(rules).flatMap(([rule, level]) => (level === "off" ? [rule] : []));
    const facts = { rules_off: off };
    return off.length === 0
      ? ok(`${CONFIG_FILE} is valid`, facts)
      : warn(`switched off: ${off.join(", ")}`, `take them out of rules in ${CONFIG_FILE}`, facts);
  } catch (error) {
    if (isRefusal(error)) return fail(error.message, error.hint ?? `mend ${CONFIG_FILE}`);
    throw error;
  }
}
