/**
 * How an import of a banned package is mended: at the import itself, or anywhere on the way to it.
 * @param link the first importing statement of a longer chain, as `file:line`
 */
export function mendImport(link: string | null): string {
  return link === null
    ? "move the import to a file that production does not reach, such as one in scripts/"
    : `cut one link of the chain, such as the import at ${link}`;
}
