/** How each package manager adds an exact development dependency, and installs what the lock file says. */
const COMMANDS: Readonly<Record<string, { add: string; install: string }>> = {
  npm: { add: "npm install --save-dev --save-exact --ignore-scripts", install: "npm ci --ignore-scripts" },
  pnpm: {
    add: "pnpm add --save-dev --save-exact --ignore-scripts --workspace-root",
    install: "pnpm install --frozen-lockfile --ignore-scripts",
  },
  yarn: { add: "yarn add --dev --exact", install: "yarn install --immutable" },
  bun: {
    add: "bun add --dev --exact --ignore-scripts",
    install: "bun install --frozen-lockfile --ignore-scripts",
  },
};

/** What lies at the top of a repository and says which version is installed. */
export interface Dependencies {
  manager: string;
  /** `package.json`, parsed. */
  manifest: unknown;
  /** Text of the lock file; null when there is none, or none that is text. */
  lock: string | null;
  hasWorkspaces: boolean;
}

export interface NpmPin {
  /** The command that is still to be run by a person, or null when version and sum are held fast. */
  add: string | null;
  /** What CI runs in a checkout of the base. */
  install: string;
}

/** Within so many characters of its name a lock file gives the sum of a package. */
const NEAR = 600;

function isLocked(lock: string | null, version: string): boolean {
  const name = /(?:node_modules\/growth-engine"|growth-engine@)/g;
  return [...(lock ?? "").matchAll(name)].some(({ index }) => {
    const near = lock?.slice(index, index + NEAR) ?? "";
    return near.includes(version) && /sha512-|checksum/.test(near);
  });
}

/** Is this exact version a development dependency, with its sum in the lock file? Nothing is run to find out. */
export function checkNpmPin(
  { manager, manifest, lock, hasWorkspaces }: Dependencies,
  version: string,
): NpmPin {
  const { add, install } = COMMANDS[manager] ?? { add: "", install: "" };
  const { devDependencies } = (manifest ?? {}) as { devDependencies?: Record<string, unknown> };
  const isPinned = devDependencies?.["growth-engine"] === version && isLocked(lock, version);
  const words = hasWorkspaces ? add : add.replace(" --workspace-root", "");
  return { add: isPinned ? null : `${words} growth-engine@${version}`, install };
}

/** The script for any CI, with the tool installed from the target's lock file instead of copied. */
export function installInScript(script: string, install: string): string {
  const lines = [
    `git worktree add --quiet --detach "$folder" "$base"`,
    `trap 'git worktree remove --force "$folder"' EXIT`,
    `(cd "$folder" && ${install}) >&2`,
    `tool="$folder/node_modules/growth-engine/dist/cli.cjs"`,
  ];
  return script.replace(/# @tool:.*\n[\s\S]*?# @end\n/, () => `${lines.join("\n")}\n`);
}

/** The workflow, with the tool installed by each job that uses it. */
export function installInWorkflow(workflow: string, install: string): string {
  const use = /^( *)- uses: \.\/\.growth-engine$/gm;
  return workflow.replace(
    use,
    (_, indent: string) =>
      `${indent}- run: ${install}\n${indent}- uses: ./node_modules/growth-engine/dist/portable`,
  );
}
