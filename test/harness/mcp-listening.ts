import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { registryServer } from "./mcp-proxied.ts";
import type { Start } from "./mcp-transcript.ts";

/** A program that listens. */
export interface Listening {
  url: string;
  /** All that it said so far. */
  said(): string;
  /** Asks it to end, and waits. @returns its exit code */
  stop(): Promise<number | null>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function whenSaid(child: ChildProcess, sign: RegExp): Promise<{ found: string; said(): string }> {
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += String(part);
      const [, found] = sign.exec(said) ?? [];
      if (found !== undefined) resolve({ found, said: () => said });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("close", () => reject(new Error(`it ended: ${said}`)));
  });
}

function stopper(child: ChildProcess): () => Promise<number | null> {
  const ended = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  return () => {
    child.kill("SIGTERM");
    return ended;
  };
}

/** Starts the protocol's own server over HTTP. */
export async function everythingOverHttp(): Promise<Listening> {
  const port = await freePort();
  const [command = "", ...words] = registryServer("everything", "streamableHttp");
  const child = spawn(command, words, { env: { ...process.env, PORT: String(port) } });
  const stop = stopper(child);
  const { said } = await whenSaid(child, /(listening) on port/);
  return { url: `http://127.0.0.1:${port}/mcp`, said, stop };
}

/** Starts something that says the address it listens at, such as the proxy with `--listen`. */
export async function listening({ command, args, cwd, env }: Start): Promise<Listening> {
  const child = spawn(command, args, { cwd, env });
  const stop = stopper(child);
  const { found, said } = await whenSaid(child, /(http:\/\/\S+)\n/);
  return { url: found, said, stop };
}
