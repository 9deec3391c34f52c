import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpClient } from "./http-client.mjs";

const START_MS = 60_000;

/** Waits until `serve` says where it serves. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`serve says nothing: ${text}`)), START_MS);
    const hear = (data) => {
      text += data;
      const url = /serves on (http:\/\/\S+)/.exec(text)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${text}`)));
  });
}

/** `growth-engine serve` on a database of its own, by as many processes as are wanted; gone when it is closed. */
export async function startControlPlane(cli, { serves = 1 } = {}) {
  // The account of the database enters it, so it does not lie below the checkout.
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-bench-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  const children = [];
  const urls = [];
  for (let at = 0; at < serves; at += 1) {
    const args = [cli, "serve", "--data-dir", data, "--port", "0", "--log-level", "error"];
    const env = { ...process.env, NO_COLOR: "1", DATABASE_URL: "" };
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    urls.push(await addressOf(child));
  }
  const token = readFileSync(join(data, "admin-token"), "utf8").trim();
  const admin = httpClient(urls[0], token);
  return {
    urls,
    /** The admin's. */
    token,
    admin,
    /** Makes an agent. @returns its token */
    async addAgent(name) {
      await admin("POST", "/api/v1/agent", { name });
      const { body } = await admin("POST", "/api/v1/token", { role: "agent", agent: name, label: "bench" });
      return body.token;
    },
    async close() {
      for (const child of children.reverse()) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
