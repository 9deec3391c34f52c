/** Documentation of the repository, or of a package. */
const DOCUMENT =
  /^(?:.*\/)?(?:docs?|documentation|node_modules|vendor)\/.*\.(?:mdx?|markdown|rst|adoc|txt|pdf)$/i;

/**
 * Does whoever reads this file consult something? To read code, or the README on the way to it, is no consultation:
 * else each agent's first look around would be one.
 * @param path from the top of the repository
 */
export function isDocumentation(path: string): boolean {
  return DOCUMENT.test(path);
}
