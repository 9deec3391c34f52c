import type { HealthCheck } from "../../../vocabulary/health.ts";
import { scanRepository } from "../../ban/index.ts";
import { type CheckoutGround, lookAtCi, lookAtHooks } from "../../doctor/index.ts";
import { judgeEnforcement } from "./judge-enforcement.ts";

/** Is the ban enforced, and does it hold now? */
export async function lookAtBan(ground: CheckoutGround, version: string): Promise<Omit<HealthCheck, "name">> {
  const [hooks, ci, scan] = await Promise.all([
    lookAtHooks(ground),
    lookAtCi(ground),
    scanRepository(ground.repository, {}, { cwd: ground.worktree, version }),
  ]);
  const off = Object.entries(ground.config.rules).filter(
    ([rule, level]) => rule.startsWith("ban/") && level !== "block",
  );
  return judgeEnforcement({
    hooks: hooks.facts.installed === true,
    ci: ci.facts.installed === true,
    weakened: off.map(([rule, level]) => `${rule}: ${level}`),
    takenOff: ground.config.ban.packages.filter((name) => name.startsWith("!")),
    verdict: scan.verdict,
    findings: scan.findings.filter(({ level }) => level === "block").length,
    first: scan.findings.find(({ level }) => level === "block")?.message ?? null,
    summary: scan.summary,
  });
}
