import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliFile } from "./cli-file.ts";

/** A `growth-engine serve` in a process of its own. */
export interface SpawnedServe {
  url: string;
  pid: number;
  /** What it said on standard output so far. */
  said(): string;
  /** What it said on standard error so far. */
  logged(): string;
  /** Ends it as Ctrl+C does, and returns its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as the kernel does when memory runs out. */
  kill(): Promise<void>;
}

/** The Node that journeys run on. */
const NODE = process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath;

async function untilServing(child: ChildProcess, said: () => string, logged: () => string): Promise<string> {
  for (;;) {
    const url = /serves on (\S+)/.exec(said())?.[1];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${logged()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Starts the built command line and waits until it serves. */
export async function spawnServe(words: string[], env: NodeJS.ProcessEnv = {}): Promise<SpawnedServe> {
  const child = spawn(NODE, [cliFile(), "serve", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "1", DATABASE_URL: "", ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (part) => {
    out += String(part);
  });
  child.stderr.on("data", (part) => {
    err += String(part);
  });
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const url = await untilServing(
    child,
    () => out,
    () => err,
  );
  return {
    url,
    pid: child.pid ?? 0,
    said: () => out,
    logged: () => err,
    stop: () => end("SIGINT"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

/** A place for embedded databases that the database's own account may enter. */
export function dataPlace(): { folder: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), "growth-engine-data-"));
  chmodSync(parent, 0o755);
  return { folder: join(parent, "data"), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** The admin's token of an embedded database. */
export function adminTokenIn(folder: string): string {
  return readFileSync(join(folder, "admin-token"), "utf8").trim();
}

/** Process of the database server in a data folder. */
export function databasePid(folder: string): number {
  return Number(readFileSync(join(folder, "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
}
