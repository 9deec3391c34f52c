import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { isApproved, type SetUpCommand, withoutTokens } from "../../work/index.ts";
import type { Reach } from "./mcp-server.ts";

/** How long a group that was asked to end is waited for. */
const END_MS = 500;

/** A server that runs, with all that it starts. */
export interface SpawnedServer {
  child: ChildProcess & { stdout: Readable; stderr: Readable };
  /** Ends its whole process group. */
  end(): Promise<void>;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already.
  }
}

/**
 * Starts an approved server: without a shell, in the checkout, without this program's tokens, as a process group of its own.
 * @throws Error when it cannot be started
 */
export async function spawnServer(
  reach: Extract<Reach, { kind: "stdio" }>,
  approved: SetUpCommand,
  { worktree, env }: { worktree: string; env: NodeJS.ProcessEnv },
): Promise<SpawnedServer> {
  // Asked once more where it is started: no caller can pass by.
  if (!isApproved(approved, env)) throw new Error("it is not approved");
  const child = spawn(reach.command, [...reach.args], {
    cwd: resolve(worktree, reach.cwd),
    env: { ...withoutTokens(env), ...reach.env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  await new Promise<void>((done, failed) => child.once("spawn", done).once("error", failed));
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  return {
    child,
    end: async () => {
      const { pid } = child;
      if (pid === undefined) return;
      signal(pid, "SIGTERM");
      const waited = new AbortController();
      await Promise.race([exited, new Promise((done) => setTimeout(done, END_MS, undefined).unref())]);
      waited.abort();
      // What the server itself started may outlive it.
      signal(pid, "SIGKILL");
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    },
  };
}
