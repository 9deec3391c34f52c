import type { CommandContext } from "../../platform/terminal/index.ts";
import { readProxyWords } from "./proxy-options.ts";
import { type ProxyEnd, runProxy } from "./run-proxy.ts";

/**
 * `mcp proxy` by the words after it. Null where they are not understood, for the command parser to say why: it is
 * left out where they are, since the client waits for the server.
 */
export function proxyOf(words: readonly string[], context: CommandContext): Promise<ProxyEnd> | null {
  const options = readProxyWords(words);
  return options === null ? null : runProxy(options, context);
}
