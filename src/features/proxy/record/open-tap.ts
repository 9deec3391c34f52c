import { randomBytes } from "node:crypto";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { ProxyOptions } from "../proxy-options.ts";
import { Tap } from "./tap.ts";

/** A tap for one run of the proxy: one session of recording. */
export function openTap(
  options: ProxyOptions,
  note: (sentence: string) => void,
  context: CommandContext,
): Tap {
  const { command, url, name, agent, task } = options;
  const session = `proxy-${randomBytes(6).toString("hex")}`;
  const { cwd, version, clock } = context;
  return new Tap({ command, url, name, agent, task, session, cwd, version, now: clock.now(), note });
}
