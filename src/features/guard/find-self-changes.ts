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
  ".gitattributes",
  "**/.gitattributes",
  ".husky/**",
  ".githooks/**",
  "hooks/pre-{commit,push,receive}",
  "lefthook.{yml,yaml}",
  ".pre-commit-config.yaml",
  "**/CODEOWNERS",
]);

/** A note for each changed file that decides how this repository is guarded. */
export function findSelfChanges(paths: readonly string[]): Finding[] {
  return paths
    .filter((path) => GUARDING(path) || isTemplatePath(path))
    .map((file) => ({
      rule: "guard/self-change",
      message:
        "this file decides how the repository is guarded; the target's version of it judged this range",
      file,
      hint: "review it with care: it takes effect after the merge",
    }));
}
