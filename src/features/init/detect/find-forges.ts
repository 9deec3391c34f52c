/** Where pull requests are made. `other` is served by a script for any CI. */
export const FORGES = ["github", "gitlab", "other"] as const;
export type Forge = (typeof FORGES)[number];

/** Name of a forge as its makers write it. */
export const FORGE_NAMES: Readonly<Record<Forge, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  other: "another forge, or none",
};

/** A forge, and what shows it. */
export interface ForgeTrace {
  forge: Forge;
  seen: string;
}

/** The host of a remote's address, without user or password; null for a path. */
export function hostOf(remote: string): string | null {
  if (URL.canParse(remote)) return new URL(remote).hostname || null;
  // The short form of ssh: user@host:path. A single letter before the colon is a Windows drive.
  const [, host] = /^(?:[^@/\s]+@)?([^@/:\s]{2,}):/.exec(remote) ?? [];
  return host ?? null;
}

function forgeOfHost(host: string | null): Forge | null {
  if (host === null) return null;
  if (/(^|[.-])github([.-]|$)/i.test(host)) return "github";
  return /(^|[.-])gitlab([.-]|$)/i.test(host) ? "gitlab" : "other";
}

function forgesOfFiles(paths: readonly string[]): ForgeTrace[] {
  const workflow = paths.find((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const traces: ForgeTrace[] = [];
  if (workflow !== undefined) traces.push({ forge: "github", seen: ".github/workflows" });
  if (paths.includes(".gitlab-ci.yml")) traces.push({ forge: "gitlab", seen: ".gitlab-ci.yml" });
  return traces;
}

/**
 * The forges of a repository: that of its remote, and each whose CI is set up (mirrors have two). A host that tells
 * nothing leaves the word to the files.
 */
export function findForges(paths: readonly string[], remote: string | null): ForgeTrace[] {
  const host = remote === null ? null : hostOf(remote);
  const own = forgeOfHost(host);
  const byFiles = forgesOfFiles(paths);
  if (own === null || host === null || (own === "other" && byFiles.length > 0)) return byFiles;
  return [{ forge: own, seen: host }, ...byFiles.filter(({ forge }) => forge !== own)];
}
