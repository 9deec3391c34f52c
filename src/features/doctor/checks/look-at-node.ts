import type { Finding } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";
import { judgeNode, type WantedNode } from "./judge-node.ts";
import { readJson, readText } from "./read-text.ts";

const MAX_RANGE = 60;

/** What the checkout says it wants of Node: its manifest, else the file of a version manager. */
export function wantedNode(worktree: string): WantedNode | null {
  const { engines } = (readJson(worktree, "package.json") ?? {}) as { engines?: { node?: unknown } };
  if (typeof engines?.node === "string")
    return { file: "package.json", range: engines.node.slice(0, MAX_RANGE) };
  for (const file of [".nvmrc", ".node-version"]) {
    const range = readText(worktree, file)?.trim().slice(0, MAX_RANGE);
    if (range) return { file, range };
  }
  return null;
}

export async function lookAtNode({ worktree }: Pick<CheckoutGround, "worktree">): Promise<Finding> {
  return judgeNode(process.version, wantedNode(worktree));
}
