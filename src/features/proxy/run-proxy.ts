import type { CommandContext } from "../../platform/terminal/index.ts";
import { nameServer } from "../recorder/index.ts";
import { passSignals } from "./pass-signals.ts";
import { DeniedGate } from "./policy/hold-denied.ts";
import { type DeniedBy, judgeCalls } from "./policy/judge-call.ts";
import { readPolicies } from "./policy/read-policies.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { sayUnrecorded } from "./record/say-unrecorded.ts";
import type { Channel, Tap } from "./record/tap.ts";
import { relay } from "./relay/relay.ts";
import { type Ended, spawnUpstream, type Upstream } from "./upstream/spawn-upstream.ts";

/** How a proxy is to end: as its server did. */
export type ProxyEnd = Ended;

function deniedBy({ name, command, url, policies }: ProxyOptions, context: CommandContext): DeniedBy | null {
  const words = url === undefined ? command : [url];
  const names = [nameServer({ given: name, words }), nameServer({ words })];
  return judgeCalls(readPolicies(policies, context), names);
}

async function openUpstream(options: ProxyOptions, context: CommandContext): Promise<Upstream> {
  if (options.url === undefined) return spawnUpstream(options.command, context);
  const { HttpUpstream } = await import("./upstream/http-upstream.ts");
  const { readHeaders } = await import("./http/read-headers.ts");
  return new HttpUpstream(new URL(options.url), readHeaders(options.headers, context.env));
}

/** Makes gates for one policy, which answer whoever asked. */
function gates(denied: DeniedBy | null, note: (sentence: string) => void) {
  return (channel: Channel, say: (message: object) => void) =>
    denied === null
      ? null
      : new DeniedGate({ deniedBy: denied, say, note, denied: (line) => channel.denied(line) });
}

/** Loaded apart: what a tap needs takes longer than to start a server, which the client waits for. */
async function openTap(
  options: ProxyOptions,
  note: (sentence: string) => void,
  context: CommandContext,
): Promise<Tap> {
  return (await import("./record/open-tap.ts")).openTap(options, note, context);
}

async function overStdio(
  options: ProxyOptions,
  { gate, note }: { gate: ReturnType<typeof gates>; note(sentence: string): void },
  context: CommandContext,
): Promise<ProxyEnd> {
  const upstream = await openUpstream(options, context);
  const takeBack = passSignals((name) => upstream.signal(name));
  const tap = await openTap(options, note, context).catch((error: unknown) => {
    // Nobody would hear of the client's end, and both would stay.
    takeBack();
    upstream.signal("SIGTERM");
    throw error;
  });
  const channel = tap.channel();
  const client = { input: process.stdout, output: process.stdin };
  const passed = relay(client, upstream, channel, (say) => gate(channel, say));
  const ended = await upstream.ended;
  await passed;
  process.stdin.destroy();
  channel.end();
  await sayUnrecorded(tap, context);
  takeBack();
  return ended;
}

/**
 * Stands between clients and a server until one of them ends.
 * @throws Refusal INPUT_INVALID for a policy, a header or a port; Fault COMMAND_FAILED for a server that cannot be started
 */
export async function runProxy(options: ProxyOptions, context: CommandContext): Promise<ProxyEnd> {
  const note = (sentence: string) => context.err(`growth-engine mcp proxy: ${sentence}\n`);
  const gate = gates(deniedBy(options, context), note);
  if (options.listen === undefined) return overStdio(options, { gate, note }, context);
  const tap = await openTap(options, note, context);
  const { overHttp } = await import("./http/over-http.ts");
  const open = () => openUpstream(options, context);
  await overHttp(
    { ...options, listen: options.listen },
    { open, channel: () => tap.channel(), gate, note },
    context,
  );
  await sayUnrecorded(tap, context);
  return { code: 0, signal: null };
}
