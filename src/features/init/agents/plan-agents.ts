import { HOST_NAMES, HOSTS, type HostName } from "../../hook/index.ts";
import type { Manifest } from "../manifest.ts";
import type { Note } from "../plan/plan.ts";
import type { Pin } from "../plan/plan-config.ts";
import { planUndo } from "../plan/plan-undo.ts";
import type { PlannedFile } from "../plan/planned-file.ts";
import { settleWhole } from "../plan/settle-whole.ts";
import { newSettings, wantedOf } from "./settings-of.ts";
import { settleHooks } from "./settle-hooks.ts";

/** Where the hook lies from the top, by how the tool is held fast. */
const TOOLS: Readonly<Record<Pin, string>> = {
  vendored: ".growth-engine/hook.cjs",
  npm: "node_modules/growth-engine/dist/hook.cjs",
};

/** What is known of the working tree, and of what is wanted. */
export interface AgentsGiven {
  manifest: Manifest;
  pin: Pin;
  /** Null keeps up what an earlier run set up. */
  wanted: readonly HostName[] | null;
  /** The plugin of OpenCode, with `@hook@` for where the hook lies. */
  plugin: string;
  look(path: string): Buffer | null;
  replace: ReadonlySet<string>;
}

/** Is it a file that some host reads its hooks from? */
export function isAgentFile(path: string): boolean {
  return HOST_NAMES.some((name) => HOSTS[name].settings.file === path);
}

/** Hosts whose hooks an earlier run set up. */
function hostsOf({ files }: Manifest): HostName[] {
  return HOST_NAMES.filter((name) => files.has(HOSTS[name].settings.file));
}

function settle(name: HostName, given: AgentsGiven): PlannedFile | null {
  const { file: path, form } = HOSTS[name].settings;
  const [current, entry, tool] = [given.look(path), given.manifest.files.get(path), TOOLS[given.pin]];
  if (form !== "whole" && form !== "plugin") return settleHooks(name, tool, current, entry);
  const text =
    form === "plugin" ? given.plugin.replace("@hook@", tool) : newSettings(name, wantedOf(name, tool));
  const says = `${HOSTS[name].title}: what it does is recorded`;
  return settleWhole({ path, says, text }, { current, entry, replace: given.replace.has(path) });
}

/** Plans the hooks of agents: those that are wanted are set up, those that were and are not wanted any more go. */
export function planAgents(given: AgentsGiven): { files: PlannedFile[]; notes: Note[] } {
  const before = hostsOf(given.manifest);
  const wanted = given.wanted ?? before;
  const files: PlannedFile[] = [];
  const notes: Note[] = [];
  for (const name of wanted) {
    const { title, settings } = HOSTS[name];
    const planned = settle(name, given);
    if (planned !== null) files.push(planned);
    else {
      const says = `${settings.file} is in a form that init cannot add to: add these hooks of ${title} to it`;
      notes.push({ says, text: newSettings(name, wantedOf(name, TOOLS[given.pin])).trimEnd() });
    }
    if (settings.next !== undefined && planned?.action !== "fine") notes.push({ says: settings.next });
  }
  for (const name of before.filter((each) => !wanted.includes(each))) {
    const path = HOSTS[name].settings.file;
    const entry = given.manifest.files.get(path);
    if (entry !== undefined) files.push(planUndo(path, given.look(path), entry));
  }
  return { files, notes };
}
