import { resolve, sep } from "node:path";
import { findCheckout } from "../recorder/index.ts";
import type { LogSession } from "./logged-call.ts";

/**
 * Does a session belong to the checkout at `root`? By the folder that its log says it worked in. A folder that is
 * gone, as a removed one, is compared by its name alone.
 */
export function belongsTo({ cwd }: LogSession, root: string): boolean {
  const checkout = findCheckout(cwd);
  if (checkout !== null) return checkout.root === root;
  const folder = resolve(cwd);
  return folder === root || folder.startsWith(root + sep);
}
