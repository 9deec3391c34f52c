import { HOSTS, type HostName } from "../../hook/index.ts";
import type { Wanted } from "./insert-members.ts";

/** Values of members that a file of its own begins with, by form. */
const HEADS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  list: { version: 1 },
  whole: { version: 1 },
  groups: {},
};

/**
 * What a host's settings say so that it runs the hook: for each event that its table names, one value of its list.
 * @param tool where the hook lies, from the top of the repository
 */
export function wantedOf(name: HostName, tool: string): Wanted {
  const { events, settings } = HOSTS[name];
  const { form, command, timeout } = settings;
  const entryOf = (event: string): unknown => {
    const line = command(tool, event);
    const limit = { [timeout.member]: timeout.of?.[event] ?? timeout.value };
    if (form === "list") return { command: line, ...limit };
    // One line for every shell; and from the top of the repository.
    if (form === "whole") return { type: "command", bash: line, powershell: line, cwd: ".", ...limit };
    return { hooks: [{ type: "command", command: line, ...limit }] };
  };
  return Object.fromEntries(Object.keys(events).map((event) => [event, entryOf(event)]));
}

/** The text of settings that hold nothing else. */
export function newSettings(name: HostName, wanted: Wanted): string {
  const lists = Object.fromEntries(Object.entries(wanted).map(([event, value]) => [event, [value]]));
  return `${JSON.stringify({ ...HEADS[HOSTS[name].settings.form], hooks: lists }, null, 2)}\n`;
}
