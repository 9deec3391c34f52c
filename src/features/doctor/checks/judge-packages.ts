import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";

/** What is known of a checkout's packages. */
export interface PackagesFacts {
  hasManifest: boolean;
  /** Package managers that have a lock file, or are declared, the one in charge first. */
  managers: readonly { name: string; seen: readonly string[] }[];
  /** Whether a folder with installed packages is there. */
  isInstalled: boolean;
  /** Package → versions, where the lock file and what is installed differ; empty when that cannot be compared. */
  differing: readonly string[];
}

const INSTALL: Readonly<Record<string, string>> = {
  npm: "npm ci",
  pnpm: "pnpm install --frozen-lockfile",
  yarn: "yarn install --immutable",
  bun: "bun install --frozen-lockfile",
};

/** Do package manager, lock file and installed packages agree? */
export function judgePackages({ hasManifest, managers, isInstalled, differing }: PackagesFacts): Finding {
  const [manager] = managers;
  if (!hasManifest || !manager) return ok("none: no package.json at the top");
  const facts = { manager: manager.name, managers: managers.map(({ name }) => name), differing };
  const install = INSTALL[manager.name] ?? "npm ci";
  const locks = managers.filter(({ seen }) => seen.some((file) => file !== "packageManager"));
  const [lock, ...others] = locks;
  if (others.length > 0) {
    const files = locks.flatMap(({ seen }) => seen.filter((file) => file !== "packageManager"));
    return fail(
      `lock files of several package managers: ${files.join(", ")}`,
      `keep that of ${manager.name} alone`,
      facts,
    );
  }
  if (lock && lock.name !== manager.name) {
    const file = lock.seen.find((one) => one !== "packageManager") ?? "";
    return fail(
      `package.json declares ${manager.name}, and the lock file is ${lock.name}'s: ${file}`,
      `delete ${file} and install with ${manager.name}`,
      facts,
    );
  }
  if (!isInstalled) return fail(`${manager.name}: nothing is installed`, install, facts);
  if (!lock || lock.seen.includes("package.json"))
    return warn(
      `${manager.name}: no lock file, so everybody installs something else`,
      "npm install, and commit the lock file",
      facts,
    );
  if (differing.length === 0) return ok(`${manager.name}: installed as ${lock.seen.join(", ")} says`, facts);
  const more = differing.length > 1 ? ` and ${differing.length - 1} more` : "";
  return fail(`installed is not what ${lock.seen.join(", ")} says: ${differing[0]}${more}`, install, facts);
}
