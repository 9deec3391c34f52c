import { CONFIG_FILE } from "../config/index.ts";
import type { Forge } from "./detect/find-forges.ts";
import type { PlannedFile } from "./plan/planned-file.ts";
import { TOOL_FOLDER } from "./tool-folder.ts";
import { SCRIPT_FILE } from "./wishes.ts";

/** A command that its user runs, never init. */
export interface NextCommand {
  says: string;
  command: string;
}

/** Words that a POSIX shell takes as they are; others are quoted. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A ruleset that requires the aggregate check of the default branch (docs.github.com, "Create a repository ruleset");
 * gh fills in owner and name. 15368 is GitHub Actions itself, so that no other app can answer in its place.
 */
const RULESET = {
  name: "growth-engine",
  target: "branch",
  enforcement: "active",
  conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
  rules: [
    {
      type: "required_status_checks",
      parameters: {
        strict_required_status_checks_policy: false,
        required_status_checks: [{ context: "growth-engine", integration_id: 15368 }],
      },
    },
  ],
};

const REQUIRE: Readonly<Record<Forge, NextCommand>> = {
  github: {
    says: "make the check required, once the workflow is on the default branch (takes an administrator)",
    command: `gh api -X POST 'repos/{owner}/{repo}/rulesets' --input - <<'JSON'\n${JSON.stringify(RULESET)}\nJSON`,
  },
  gitlab: {
    says: "make the pipeline required, once the job is on the default branch (takes a maintainer)",
    command: "glab api -X PUT projects/:id -f only_allow_merge_if_pipeline_succeeds=true",
  },
  other: {
    says: "let your CI run this for each pull request, and require that it passes",
    command: `git show "$TARGET:${SCRIPT_FILE}" | sh -s -- "$TARGET" "$HEAD"`,
  },
};

/** The paths to add, the tool's folder as one; only what init wrote. */
function pathsToAdd(files: readonly PlannedFile[]): string[] {
  const changed = files
    .filter(({ entry, action }) => entry !== null && action !== "yours")
    .map(({ path }) => path);
  const tops = changed.map((path) => (path.startsWith(`${TOOL_FOLDER}/`) ? TOOL_FOLDER : path));
  return [...new Set([TOOL_FOLDER, ...tops, CONFIG_FILE])].sort();
}

/** What comes next: pin where asked, commit, make it required. */
export function nextCommands(
  files: readonly PlannedFile[],
  forges: readonly Forge[],
  pinCommand: string | null,
): NextCommand[] {
  const pin =
    pinCommand === null ? [] : [{ says: "pin the tool, with its sum in the lock file", command: pinCommand }];
  const paths = pathsToAdd(files).map(quote).join(" ");
  const commit = { says: "commit", command: `git add ${paths} && git commit -m 'Adopt Growth Engine'` };
  return [...pin, commit, ...forges.map((forge) => REQUIRE[forge])];
}
