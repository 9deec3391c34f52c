/**
 * Where the pages of the rules are served. None yet, so a page is named by its place in the package and in the
 * repository. A test holds it to the `homepage` of package.json.
 */
export const PAGES_ADDRESS: string | null = null;

/** The page of a rule, as a path from the top of the package; names of rules are stable, so this is too. */
export function pageOf(rule: string): string {
  return `docs/reference/rules/${rule.replace("/", "-")}.md`;
}
