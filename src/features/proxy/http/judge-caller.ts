/** What is known of a caller before anything of the body is read. */
export interface Caller {
  method: string;
  path: string;
  host: string | undefined;
  origin: string | undefined;
}

/** Why somebody is not let in, with the status that says so. */
export interface TurnedAway {
  status: number;
  says: string;
}

export const PATH = "/mcp";
const METHODS = ["POST", "GET", "DELETE"];

function isOwn(authority: string, port: number): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].some((name) => authority.toLowerCase() === `${name}:${port}`);
}

/**
 * Whether a caller may come in. A page of another site can have a browser send requests to this machine, by its own name for
 * it too: both headers say so.
 * @param mayEnter whether the token is right
 */
export function judgeCaller(
  { method, path, host, origin }: Caller,
  port: number,
  mayEnter: boolean,
): TurnedAway | null {
  if (!isOwn(host ?? "", port)) return { status: 403, says: "this server goes by another name" };
  if (origin !== undefined && !isOwn(origin.replace(/^https?:\/\//i, ""), port))
    return { status: 403, says: "pages of other sites are not served" };
  if (!mayEnter) return { status: 401, says: "the token is missing or wrong" };
  if (path !== PATH) return { status: 404, says: `what there is, is at ${PATH}` };
  if (!METHODS.includes(method)) return { status: 405, says: `${method} means nothing here` };
  return null;
}
