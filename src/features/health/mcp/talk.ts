import { Client, StreamableHTTPClientTransport, type Transport } from "@modelcontextprotocol/client";
import { messageOf } from "../../../platform/errors/index.ts";
import { limitedFetch } from "../../../platform/http/index.ts";
import type { SetUpCommand } from "../../work/index.ts";
import type { Reach, Talk } from "./mcp-server.ts";
import { MAX_OUTPUT_BYTES, ProcessTransport } from "./process-transport.ts";
import { spawnServer } from "./spawn-server.ts";

/** Where and how a server is talked to. */
export interface TalkOptions {
  worktree: string;
  env: NodeJS.ProcessEnv;
  version: string;
  /** Milliseconds that it may take altogether. */
  limit: number;
}

class Flooded extends Error {}

type Spoke = Extract<Talk, { kind: "spoke" }>;

/** The older generation's `initialize` first, which nearly all speak; `server/discover` for those that refuse it. */
const GENERATIONS = ["legacy", "auto"] as const;

async function ask(
  transport: Transport,
  mode: (typeof GENERATIONS)[number],
  { version, limit }: TalkOptions,
): Promise<Spoke> {
  const began = performance.now();
  const client = new Client({ name: "growth-engine-health", version }, { versionNegotiation: { mode } });
  await client.connect(transport, { timeout: limit });
  const has = client.getServerCapabilities()?.tools !== undefined;
  const { tools } = has ? await client.listTools(undefined, { timeout: limit }) : { tools: [] };
  const server = client.getServerVersion();
  return {
    kind: "spoke",
    tools: tools.length,
    server: `${server?.name ?? "unnamed"} ${server?.version ?? ""}`.trim(),
    protocol: client.getNegotiatedProtocolVersion() ?? "",
    took: Math.round(performance.now() - began),
    noise: null,
  };
}

function within<T>(limit: number, work: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, limit, "late" as const);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function talkToProcess(
  reach: Extract<Reach, { kind: "stdio" }>,
  approved: SetUpCommand,
  mode: (typeof GENERATIONS)[number],
  options: TalkOptions,
): Promise<Talk> {
  const server = await spawnServer(reach, approved, options);
  const transport = new ProcessTransport(server);
  try {
    const flooded = transport.flooded.then(() => Promise.reject(new Flooded()));
    const said = await within(options.limit, Promise.race([ask(transport, mode, options), flooded]));
    const { noise } = transport;
    return said === "late" ? { kind: "hung", after: options.limit, noise } : { ...said, noise };
  } catch (error) {
    const { noise, ended, stderr, bytes } = transport;
    if (error instanceof Flooded) return { kind: "flooded", bytes };
    if (ended !== null) return { kind: "ended", how: ended, noise, stderr: stderr.trim() || null };
    return { kind: "refused", why: messageOf(error) };
  } finally {
    await server.end();
  }
}

/** What stands at the bottom: "fetch failed" alone tells nobody anything. */
function rootOf(error: unknown): unknown {
  const { cause } = (error ?? {}) as { cause?: unknown };
  return cause === undefined ? error : rootOf(cause);
}

async function talkOverHttp(
  { url, headers }: Extract<Reach, { kind: "http" }>,
  mode: (typeof GENERATIONS)[number],
  options: TalkOptions,
): Promise<Talk> {
  const ended = new AbortController();
  let isFlooded = false;
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { ...headers } },
    fetch: limitedFetch({
      signal: ended.signal,
      maxBytes: MAX_OUTPUT_BYTES,
      exceeded: () => {
        isFlooded = true;
      },
    }),
    reconnectionOptions: {
      maxRetries: 0,
      initialReconnectionDelay: 1,
      maxReconnectionDelay: 1,
      reconnectionDelayGrowFactor: 1,
    },
  });
  try {
    const said = await within(options.limit, ask(transport as Transport, mode, options));
    return said === "late" ? { kind: "hung", after: options.limit, noise: null } : said;
  } catch (error) {
    if (isFlooded) return { kind: "flooded", bytes: MAX_OUTPUT_BYTES };
    return { kind: "refused", why: messageOf(rootOf(error)) };
  } finally {
    ended.abort();
    await transport.close().catch(() => undefined);
  }
}

/**
 * Really talks to an approved server: a handshake of either generation of the protocol, and `tools/list`. Ends within
 * the limit (twice, where it refuses the older handshake), and leaves no process behind. Never throws.
 */
export async function talk(reach: Reach, approved: SetUpCommand, options: TalkOptions): Promise<Talk> {
  let last: Talk = { kind: "refused", why: "" };
  for (const mode of GENERATIONS) {
    try {
      last =
        reach.kind === "stdio"
          ? await talkToProcess(reach, approved, mode, options)
          : await talkOverHttp(reach, mode, options);
    } catch (error) {
      return { kind: "refused", why: messageOf(error) };
    }
    if (last.kind !== "refused" && last.kind !== "ended") return last;
  }
  return last;
}
