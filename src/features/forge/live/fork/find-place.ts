/** Where a pull request is fetched from. */
export interface ForkPlace {
  /** Address of the repository that it goes to. */
  clone: string;
  /** The forge's own ref of its head: a fork's repository is never asked. */
  ref: string;
}

/** GitHub: `/owner/name/pull/7`; GitLab: `/group/…/name/-/merge_requests/7`. */
const GITHUB = /^([\w.-]+\/[\w.-]+)\/pull\/(\d{1,9})$/;
const GITLAB = /^([\w.-]+(?:\/[\w.-]+)+)\/-\/merge_requests\/(\d{1,9})$/;

/**
 * Where the pull request of an address is fetched from; null when that is not below the forge that the server was told
 * to read, however much the address looks like it.
 */
export function findPlace(url: string, forge: string): ForkPlace | null {
  const base = `${forge.replace(/\/+$/, "")}/`;
  if (!url.startsWith(base) || /(^|\/)\.{1,2}(\/|$)/.test(url.slice(base.length))) return null;
  const path = url.slice(base.length);
  const [, github, pull] = GITHUB.exec(path) ?? [];
  if (github !== undefined) return { clone: `${base}${github}.git`, ref: `refs/pull/${pull}/head` };
  const [, gitlab, merge] = GITLAB.exec(path) ?? [];
  return gitlab === undefined
    ? null
    : { clone: `${base}${gitlab}.git`, ref: `refs/merge-requests/${merge}/head` };
}
