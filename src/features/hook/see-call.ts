import { describeCall, type SeenCall } from "../recorder/index.ts";
import { describeBuiltIn } from "./built-in.ts";
import type { Host } from "./host.ts";
import { splitServer } from "./known-servers.ts";
import type { HostCall } from "./read-payload.ts";

interface Around {
  /** Top of the working tree. */
  root: string;
  /** Where relative paths begin. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** A tool that is none of the host's own may be one of a server, joined to its name. */
function withServer(host: Host, call: HostCall, { root, env }: Around): HostCall {
  if (host.joined === undefined || call.builtIn !== "other") return call;
  const { separator, files } = host.joined;
  const split = splitServer(call.tool, separator, files(env), root);
  return split === null ? call : { ...call, ...split, builtIn: null };
}

/**
 * A call as recorders see it: of an MCP call what the rules of its server say, of a host's own tool what it does.
 * @param at milliseconds since 1970
 */
export function seeCall(host: Host, told: HostCall, around: Around, at: number): SeenCall {
  const { root, folder } = around;
  const call = withServer(host, told, around);
  const { tool, server, builtIn, input, output, outcome, durationMs, id, subagent } = call;
  const rest = { input, output, outcome, durationMs, requestId: id, at };
  if (builtIn === null) {
    const said = describeCall({ server: server ?? tool, tool, input, root });
    return { ...rest, ...said, tool: server ?? tool, more: { call: tool, subagent } };
  }
  const { files, ...said } = describeBuiltIn(builtIn, { tool, input, root, folder });
  const more = { call: tool, subagent, files: files.length > 1 ? files : undefined };
  return { ...rest, ...said, tool: builtIn === "other" ? tool : builtIn, more };
}
