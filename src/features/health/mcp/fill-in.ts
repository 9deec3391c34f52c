import type { Reach } from "./mcp-server.ts";

/** `${NAME}`, `${NAME:-default}` as Claude Code has them, `${env:NAME}` as Cursor and VS Code do. */
const VARIABLE = /\$\{([^}:]+)(?::([^}]*))?\}/g;

/**
 * Fills in variables of this user's environment.
 * @returns the reach, or the names of what is missing
 */
export function fillIn(
  said: Reach,
  { env, worktree }: { env: NodeJS.ProcessEnv; worktree: string },
): Reach | { missing: string[] } {
  const missing: string[] = [];
  const variable = (whole: string, word: string, rest: string | undefined): string => {
    if (word === "workspaceFolder") return worktree;
    const name = word === "env" ? (rest ?? "") : word;
    const fallback = word !== "env" && rest?.startsWith("-") ? rest.slice(1) : undefined;
    const value = word === "input" ? undefined : (env[name] ?? fallback);
    if (value === undefined) missing.push(word === "input" ? whole : name);
    return value ?? "";
  };
  const text = (given: string) => given.replaceAll(VARIABLE, variable);
  const texts = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, text(value)]));
  const filled: Reach =
    said.kind === "stdio"
      ? {
          kind: "stdio",
          command: text(said.command),
          args: said.args.map(text),
          env: texts(said.env),
          cwd: text(said.cwd),
        }
      : { kind: "http", url: text(said.url), headers: texts(said.headers) };
  return missing.length > 0 ? { missing: [...new Set(missing)] } : filled;
}
