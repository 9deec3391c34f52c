import type { Repository } from "../../../platform/git/index.ts";
import type { Entry } from "../manifest.ts";
import { askGitAbout, type GitView } from "./ask-git.ts";
import { RECORD_PROBES } from "./plan-ignore.ts";
import type { PlannedFile } from "./planned-file.ts";
import { settleAddition, withoutAddition } from "./settle-addition.ts";

export const ATTRIBUTES_FILE = ".gitattributes";
const TOOL_PROBE = ".growth-engine/cli.cjs";

const REMARK = "# Growth Engine: records are appended by many writers and merged line by line.";
const RECORD_LINES = ["jsonl", "ndjson"].map(
  (kind) => `artifacts/**/*.${kind} text eol=lf merge=union linguist-generated`,
);
/** Bytes as they were written, or their sums would not hold: no other line ends, no large file storage. */
const TOOL_LINE = ".growth-engine/** -text -filter linguist-vendored";

async function areRecordsMerged(view: GitView): Promise<boolean> {
  for (const probe of RECORD_PROBES.slice(0, 2)) {
    const values = await view.readAttributes(probe, ["merge", "eol"]);
    if (values.get("merge") !== "union" || values.get("eol") !== "lf") return false;
  }
  return true;
}

async function isToolKept(view: GitView): Promise<boolean> {
  const values = await view.readAttributes(TOOL_PROBE, ["text", "filter", "linguist-vendored"]);
  return (
    values.get("text") === "unset" &&
    ["unset", "unspecified"].includes(values.get("filter") ?? "") &&
    values.get("linguist-vendored") === "set"
  );
}

/** Plans `.gitattributes`: only the lines without which git would not do it. */
export async function planAttributes(
  repository: Repository,
  current: Buffer | null,
  entry: Entry | undefined,
): Promise<PlannedFile> {
  const bare = current === null ? null : withoutAddition(current.toString("latin1"), entry);
  const lines = await askGitAbout(repository, new Map([[ATTRIBUTES_FILE, bare]]), async (view) => [
    ...((await areRecordsMerged(view)) ? [] : RECORD_LINES),
    ...((await isToolKept(view)) ? [] : [TOOL_LINE]),
  ]);
  const block = lines.length === 0 ? null : [REMARK, ...lines].join("\n");
  const says = "records merge by union";
  return settleAddition({ path: ATTRIBUTES_FILE, says, block }, current, entry);
}
