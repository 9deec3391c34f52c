import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import { HOST_NAMES, type HostName } from "../hook/index.ts";
import { FORGES, type Forge } from "./detect/find-forges.ts";
import type { Manifest } from "./manifest.ts";
import { PINS, type Pin } from "./plan/plan-config.ts";
import { GITLAB_JOB_FILE } from "./plan/plan-gitlab.ts";

export const HOOKS = ["pre-push", "pre-receive"] as const;
export type Hook = (typeof HOOKS)[number];

/** Words of the command line that choose what init does. */
export interface WishOptions {
  forge?: string[];
  pin: string;
  hook?: string[];
  replace?: string[];
  agents?: string[];
}

/** What its user wants, checked. */
export interface Wishes {
  /** Null leaves it to what is found. */
  forges: Forge[] | null;
  pin: Pin;
  hooks: ReadonlySet<Hook>;
  /** Hosts whose hooks are set up, and no others; null keeps up what an earlier run set up, `detect` asks the files. */
  agents: HostName[] | "detect" | null;
  /** Paths whose own text gives way to init's. */
  replace: ReadonlySet<string>;
}

export const WORKFLOW_FILE = ".github/workflows/growth-engine.yml";
export const SCRIPT_FILE = ".growth-engine/ci.sh";
export const PUSH_SCRIPT_FILE = ".growth-engine/pre-push.sh";

function chooseWord<Word extends string>(option: string, word: string, known: readonly Word[]): Word {
  const found = known.find((one) => one === word);
  if (found) return found;
  const near = nearestOf(word, known);
  throw new Refusal("USAGE", `${option} does not know "${word}"`, {
    hint: near === null ? `${option} takes ${known.join(", ")}` : `did you mean ${option} ${near}?`,
  });
}

const SETS = ["detect", "all", "none"] as const;

/** Words may be apart or joined by commas. */
function readAgents(words: readonly string[] | undefined): Wishes["agents"] {
  if (words === undefined) return null;
  const known = [...HOST_NAMES, ...SETS];
  const chosen = words
    .flatMap((word) => word.split(","))
    .filter((word) => word !== "")
    .map((word) => chooseWord("--agents", word, known));
  const [set] = chosen.filter((word) => SETS.some((each) => each === word));
  if (set !== undefined && chosen.length > 1) {
    throw new Refusal("USAGE", `--agents ${set} stands alone`, {
      hint: `growth-engine init --agents ${set}`,
    });
  }
  if (set === "detect") return "detect";
  if (set === "all") return [...HOST_NAMES];
  return HOST_NAMES.filter((name) => chosen.includes(name));
}

/** @throws Refusal USAGE for a word that no option takes */
export function readWishes({ forge, pin, hook = [], replace = [], agents }: WishOptions): Wishes {
  return {
    forges: forge ? [...new Set(forge.map((word) => chooseWord("--forge", word, FORGES)))] : null,
    pin: chooseWord("--pin", pin, PINS),
    agents: readAgents(agents),
    hooks: new Set(hook.map((word) => chooseWord("--hook", word, HOOKS))),
    replace: new Set(replace.map((path) => path.replaceAll("\\", "/").replace(/^(\.\/)+/, ""))),
  };
}

/** What an earlier run set up is kept up by the next one, without being asked for again. */
export function forgesOfManifest({ files }: Manifest): Forge[] {
  const forges: Forge[] = [];
  if (files.has(WORKFLOW_FILE)) forges.push("github");
  if (files.has(GITLAB_JOB_FILE)) forges.push("gitlab");
  if (files.has(SCRIPT_FILE) && !files.has(GITLAB_JOB_FILE)) forges.push("other");
  return forges;
}
