import { splitZero } from "../../../platform/git/index.ts";
import { type Finding, ok, warn } from "../../../vocabulary/health.ts";
import { findSections, isTemplatePath } from "../../guard/index.ts";
import type { CheckoutGround } from "../checkout-ground.ts";
import { readText } from "./read-text.ts";

/** Does a pull request template ask for the sections that the guards will ask for? */
export async function lookAtTemplate({ repository, worktree, config }: CheckoutGround): Promise<Finding> {
  const { sections } = config.pullRequest;
  if (sections.length === 0) return ok("the config asks for no section");
  const words = [
    "--no-literal-pathspecs",
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--",
    ".github",
    "docs",
    ".gitlab",
    "*.md",
    "*.txt",
  ];
  const listed = splitZero((await repository.git(words)).stdout);
  const paths = [...new Set(listed)].filter(isTemplatePath);
  if (paths.length === 0) return warn("no pull request template", "growth-engine init", { templates: [] });
  const lacking = paths.map((path) => {
    const present = findSections(readText(worktree, path) ?? "");
    return { path, missing: sections.filter((name) => !present.has(name)) };
  });
  const wrong = lacking.find(({ missing }) => missing.length > 0);
  const facts = { templates: lacking };
  return wrong
    ? warn(`${wrong.path} does not ask for ${wrong.missing.join(", ")}`, "growth-engine init", facts)
    : ok(`${paths.join(", ")} asks for ${sections.length} sections`, facts);
}
