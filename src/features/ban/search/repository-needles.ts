import type { Needle } from "./spellings.ts";

/** Either case of the first letter: hosts take any, people write these. */
function eitherCase(name: string): string {
  const first = name.charAt(0);
  return `[${first.toUpperCase()}${first}]${name.slice(1).replaceAll(".", "[.]")}`;
}

/**
 * What to look for to find addresses of repositories (`owner/name`, lower case): one expression for all of them,
 * which begins with a slash, since each further one costs every scan.
 */
export function repositoryNeedles(repositories: readonly string[]): Needle[] {
  const names = repositories.map((repository) => eitherCase(repository.slice(repository.indexOf("/") + 1)));
  return repositories.map((text) => ({ text, anyCase: `/(${names.join("|")})` }));
}
