/**
 * Where the pages of the rules are served, with a `/` at the end. Nowhere yet, so a page is named by its place in the
 * package, which is that in the repository. A test holds it to the `homepage` of package.json.
 */
export const PAGES_ADDRESS: string | null = null;

/** The page of a rule, as a path from the top of the package; names of rules are stable, so this is too. */
export function pageOf(rule: string): string {
  return `docs/reference/rules/${rule.replace("/", "-")}.md`;
}

/**
 * The page as an absolute address, which SARIF asks for: a package URL (ECMA-427) names a file of the package without a
 * server.
 */
export function pageAddress(rule: string, version: string): string {
  return PAGES_ADDRESS === null
    ? `pkg:npm/growth-engine@${encodeURIComponent(version)}#${pageOf(rule)}`
    : `${PAGES_ADDRESS}${pageOf(rule)}`;
}
