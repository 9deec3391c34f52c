import { HOST_NAMES } from "./host.ts";

const OWN = new RegExp(`growth-engine/(?:dist/)?hook\\.cjs\\\\?"? (?:${HOST_NAMES.join("|")})\\b`);

/** Does a command line of a host's settings run this product's hook, as `init` writes it? */
export function isHookCommand(command: string): boolean {
  return OWN.test(command);
}
