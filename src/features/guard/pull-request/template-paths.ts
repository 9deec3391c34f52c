import { matchPaths } from "../../../platform/globs/index.ts";

/** Where forges look for templates of pull and merge requests, in lower case. */
export const TEMPLATE_PATHS = [
  "{.github/,docs/,}pull_request_template.{md,txt}",
  "{.github/,docs/,}pull_request_template/*.{md,txt}",
  ".gitlab/merge_request_templates/*.md",
] as const;

const matchLowerCase = matchPaths(TEMPLATE_PATHS);

/** Whether a path holds a template. In any case: GitHub takes `PULL_REQUEST_TEMPLATE.md` and `Pull_Request_Template.md`. */
export function isTemplatePath(path: string): boolean {
  return matchLowerCase(path.toLowerCase());
}
