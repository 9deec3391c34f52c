import { randomBytes } from "node:crypto";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { nameServer } from "../recorder/index.ts";
import { passSignals } from "./pass-signals.ts";
import { DeniedGate } from "./policy/hold-denied.ts";
import { type DeniedBy, judgeCalls } from "./policy/judge-call.ts";
import { readPolicies } from "./policy/read-policies.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { sayUnrecorded } from "./record/say-unrecorded.ts";
import { Tap } from "./record/tap.ts";
import { relay, type Side } from "./relay/relay.ts";
import { type Ended, spawnUpstream, type Upstream } from "./upstream/spawn-upstream.ts";

/** How a proxy is to end: as its server did. */
export type ProxyEnd = Ended;

function deniedBy({ name, command, url, policies }: ProxyOptions, context: CommandContext): DeniedBy | null {
  const words = url === undefined ? command : [url];
  const names = [nameServer({ given: name, words }), nameServer({ words })];
  return judgeCalls(readPolicies(policies, context), names);
}

/** One client and one server, and all that passes between them. */
export interface Session {
  tap: Tap;
  passed: Promise<void>;
}

/** Connects a client to a server, with a recorder and a gate of their own. */
export function connect(
  client: Side,
  server: Side,
  options: ProxyOptions,
  denied: DeniedBy | null,
  context: CommandContext,
): Session {
  const note = (sentence: string) => context.err(`growth-engine mcp proxy: ${sentence}\n`);
  const { command, url, name, agent, task } = options;
  const session = `proxy-${randomBytes(6).toString("hex")}`;
  const { cwd, version, clock } = context;
  const tap = new Tap({ command, url, name, agent, task, session, cwd, version, now: clock.now(), note });
  const passed = relay(client, server, tap, (say) =>
    denied === null
      ? null
      : new DeniedGate({ deniedBy: denied, say, note, denied: (line) => tap.denied(line) }),
  );
  return { tap, passed };
}

function openUpstream({ command, url, headers }: ProxyOptions, context: CommandContext): Promise<Upstream> {
  if (url === undefined) return spawnUpstream(command, context);
  void headers;
  throw new Error("not yet");
}

async function overStdio(
  options: ProxyOptions,
  denied: DeniedBy | null,
  context: CommandContext,
): Promise<ProxyEnd> {
  const upstream = await openUpstream(options, context);
  const takeBack = passSignals((name) => upstream.signal(name));
  const { tap, passed } = connect(
    { input: process.stdout, output: process.stdin },
    upstream,
    options,
    denied,
    context,
  );
  const ended = await upstream.ended;
  await passed;
  process.stdin.destroy();
  await sayUnrecorded(tap, context);
  takeBack();
  return ended;
}

/**
 * Stands between a client and a server until one of them ends.
 * @throws Refusal INPUT_INVALID for a policy; Fault COMMAND_FAILED for a server that cannot be started
 */
export function runProxy(options: ProxyOptions, context: CommandContext): Promise<ProxyEnd> {
  return overStdio(options, deniedBy(options, context), context);
}
