import { isUtf8 } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import { getNodeValue, type Node } from "jsonc-parser";
import { HOSTS, type HostName } from "../../hook/index.ts";
import type { Entry } from "../manifest.ts";
import type { PlannedFile } from "../plan/planned-file.ts";
import { insertMembers, memberNode, parseSettings, type Wanted } from "./insert-members.ts";
import { newSettings, wantedOf } from "./settings-of.ts";
import { takeOutHooks } from "./take-out-hooks.ts";

/** The parser's objects have no prototype, which counts as a difference. */
const plain = (item: Node): unknown => JSON.parse(JSON.stringify(getNodeValue(item)));

/** Are all the hooks there, in whatever layout? */
function hasAll(text: string, wanted: Wanted): boolean {
  const hooks = memberNode(parseSettings(text), "hooks");
  return Object.entries(wanted).every(([event, value]) =>
    memberNode(hooks, event)?.children?.some((item) => isDeepStrictEqual(plain(item), value)),
  );
}

const insertedOf = (entry: Entry | undefined) =>
  entry !== undefined && "inserted" in entry ? entry.inserted : [];

/**
 * Decides what becomes of a host's settings: the hooks are put into the lists of their events, all else stays byte for
 * byte. Null for settings that only their owner can add to.
 */
export function settleHooks(
  name: HostName,
  tool: string,
  current: Buffer | null,
  entry: Entry | undefined,
): PlannedFile | null {
  const { title, settings } = HOSTS[name];
  const wanted = wantedOf(name, tool);
  const planned = {
    path: settings.file,
    says: `${title}: what it does is recorded`,
    isExecutable: false,
    isTool: false,
  };
  if (current === null || current.toString().trim() === "") {
    const text = newSettings(name, wanted);
    const after = Buffer.concat([current ?? Buffer.alloc(0), Buffer.from(text)]);
    const own: Entry = current === null ? { inserted: [text], created: true } : { inserted: [text] };
    return { ...planned, action: current === null ? "create" : "change", before: current, after, entry: own };
  }
  const text = current.toString();
  const isOwn = entry !== undefined && "inserted" in entry;
  if (hasAll(text, wanted))
    return { ...planned, action: "fine", before: current, after: current, entry: isOwn ? entry : null };
  const base = takeOutHooks(text, insertedOf(entry));
  const next = insertMembers(base, wanted);
  if (next === null || !isUtf8(current)) return null;
  const created = isOwn && entry.created ? { created: true as const } : {};
  const after = Buffer.from(next.text);
  return {
    ...planned,
    action: "change",
    before: current,
    after,
    entry: { inserted: next.inserted, ...created },
  };
}
