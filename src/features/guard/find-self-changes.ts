import { matchPaths } from "../../platform/globs/index.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { CONFIG_FILE } from "../config/index.ts";
import { isTemplatePath } from "./pull-request/template-paths.ts";

/** Files that decide how a repository is guarded, on the forges and hook runners in use. */
const GUARDING = matchPaths([
  CONFIG_FILE,
  ".github/workflows/**",
  ".github/actions/**",
  ".gitlab-ci.yml",
  ".gitlab/ci/**",
  ".gitlab/growth-engine.yml",
  ".gitattributes",
  "**/.gitattributes",
  ".husky/**",
  ".githooks/**",
  "hooks/pre-{commit,push,receive}",
  "lefthook.{yml,yaml}",
  ".pre-commit-config.yaml",
  "**/CODEOWNERS",
]);

/** The copy of this tool that `init` lays into a repository. */
const isOfTool = matchPaths([".growth-engine/**"]);

/** A new version changes all of the tool: that is one thing to look at. */
function findToolChange(paths: readonly string[]): Finding[] {
  const [file, ...others] = paths.filter(isOfTool);
  if (file === undefined) return [];
  const count = others.length === 0 ? "1 file" : `${others.length + 1} files`;
  return [
    {
      rule: "guard/self-change",
      message: `the tool that guards this repository changes (${count} of .growth-engine/); the target's copy judged this range`,
      file,
      hint: "compare it with the release: growth-engine init --dry-run names each file that is not what was published",
    },
  ];
}

/** A note for each changed file that decides how this repository is guarded; one for all of the tool. */
export function findSelfChanges(paths: readonly string[]): Finding[] {
  const files = paths
    .filter((path) => !isOfTool(path) && (GUARDING(path) || isTemplatePath(path)))
    .map(
      (file): Finding => ({
        rule: "guard/self-change",
        message:
          "this file decides how the repository is guarded; the target's version of it judged this range",
        file,
        hint: "review it with care: it takes effect after the merge",
      }),
    );
  return [...files, ...findToolChange(paths)];
}
