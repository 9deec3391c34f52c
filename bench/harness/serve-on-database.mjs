import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../src/platform/database/embedded/start-embedded.ts";
import { ROOT } from "./work-folder.mjs";

/** A PostgreSQL for one benchmark. */
export async function startDatabase() {
  const parent = mkdtempSync(join(tmpdir(), "growth-engine-bench-"));
  // The database's own account enters it.
  chmodSync(parent, 0o755);
  const server = await startEmbedded({ env: process.env, dataDir: join(parent, "data"), version: "0.0.0" });
  const { host, port, user, password } = server;
  const connection = { host, port, user, password, database: "postgres" };
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const url = host.startsWith("/")
    ? `postgres://${login}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`
    : `postgres://${login}@${host}:${port}/postgres`;
  return {
    connection,
    url,
    close: async () => {
      await server.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

/** A process that says when it is ready; `seen` takes that out of what it wrote. */
export async function startProcess(args, env, seen) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      const match = seen.exec(text);
      if (match) resolve(match);
    });
    child.on("close", () => reject(new Error(`${args.join(" ")} ended: ${text}`)));
  });
  const close = () =>
    new Promise((resolve) => {
      child.removeAllListeners("close");
      child.on("close", resolve);
      child.kill("SIGTERM");
    });
  return { found, pid: child.pid, close };
}

/** `growth-engine serve` as built, on a database of its own. */
export async function startServe(cli, databaseUrl, port) {
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-bench-"));
  const file = join(folder, "admin-token");
  const words = ["serve", "--port", String(port), "--log-level", "error", "--admin-token-file", file];
  const { pid, close } = await startProcess([cli, ...words], { DATABASE_URL: databaseUrl }, /serves on/);
  const admin = readFileSync(file, "utf8").trim();
  rmSync(folder, { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  const ask = async (method, path, body, token = admin) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return { url, ask, pid, close, token: admin };
}
