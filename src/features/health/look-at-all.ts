import type { ServerChoice } from "../../platform/client/index.ts";
import { isFault } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { HealthCheck } from "../../vocabulary/health.ts";
import { type CheckoutGround, openCheckout, tryCheck } from "../doctor/index.ts";
import type { BranchCheck } from "../forge/index.ts";
import { lookAtBan } from "./checkout/look-at-ban.ts";
import { lookAtEvidence } from "./checkout/look-at-evidence.ts";
import { lookAtForge } from "./checkout/look-at-forge.ts";
import { lookAtControlPlane } from "./look-at-control-plane.ts";
import { lookAtMcp } from "./mcp/look-at-mcp.ts";

/** Of the checkout; those of the server have the names that the server gives them. */
export const CHECKOUT_CHECKS = ["ban", "guards", "records", "ci", "mcp"] as const;

export interface LookOptions extends ServerChoice {
  /** Names of checks, or the first word of their names; all without. */
  only?: readonly string[] | undefined;
  /** Milliseconds that an MCP server may take. */
  mcpLimit: number;
}

async function openIfThere(context: CommandContext): Promise<CheckoutGround | null> {
  try {
    return await openCheckout(context.cwd, context.env, context.clock.now());
  } catch (error) {
    if (isFault(error) && error.code === "NOT_A_REPOSITORY") return null;
    throw error;
  }
}

async function lookAtMine(
  ground: CheckoutGround,
  isWanted: (name: string) => boolean,
  { mcpLimit }: LookOptions,
  { version, env }: CommandContext,
): Promise<HealthCheck[]> {
  const { worktree } = ground;
  const forge = (["guards", "ci"] as const satisfies readonly BranchCheck[]).filter(isWanted);
  const when = async (name: string, look: () => Promise<HealthCheck[]>) => (isWanted(name) ? look() : []);
  const [ban, records, [mcp, fromForge]] = await Promise.all([
    when("ban", async () => [await tryCheck("ban", () => lookAtBan(ground, version))]),
    when("records", async () => [await tryCheck("records", () => lookAtEvidence(ground))]),
    Promise.all([
      lookAtMcp({ worktree, env, version, limit: mcpLimit }, isWanted),
      lookAtForge(ground, version, forge),
    ]),
  ]);
  const of = (name: BranchCheck) => fromForge.filter((check) => check.name === name);
  return [...ban, ...of("guards"), ...records, ...of("ci"), ...mcp.filter(({ name }) => isWanted(name))];
}

/** Looks at everything, at the same time: the control plane, and this checkout where there is one. */
export async function lookAtAll(options: LookOptions, context: CommandContext): Promise<HealthCheck[]> {
  const { only } = options;
  const isWanted = (name: string) =>
    only === undefined || only.some((one) => name === one || name.startsWith(`${one} `));
  const isMine = (name: string) => (CHECKOUT_CHECKS as readonly string[]).includes(name.split(" ")[0] ?? "");
  const asksServer = only === undefined || only.some((name) => !isMine(name));
  const ground = await openIfThere(context);
  const [server, mine] = await Promise.all([
    asksServer ? lookAtControlPlane(options, context) : [],
    ground === null ? [] : lookAtMine(ground, isWanted, options, context),
  ]);
  return [...server.filter(({ name }) => isWanted(name)), ...mine];
}
