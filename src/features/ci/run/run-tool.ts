import { spawn } from "node:child_process";

/** How a run of the tool ended. */
export interface ToolEnd {
  /** Null where it had to be ended. */
  code: number | null;
  /** The last bytes of what it printed, standard output and errors together. */
  said: string;
}

const MAX_SAID = 64 * 1024;
/** GitHub ends a job of our template after 15 minutes; what hangs here is ended much sooner. */
export const TIMEOUT_MS = 120_000;

/**
 * Runs a file of Growth Engine itself with this Node, in a folder and an environment of its own, and waits for its end.
 * Never a file of the repository that is looked at.
 */
export function runTool(file: string, options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<ToolEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    let said = "";
    const hear = (part: Buffer): void => {
      said = (said + part.toString("utf8")).slice(-MAX_SAID);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}
