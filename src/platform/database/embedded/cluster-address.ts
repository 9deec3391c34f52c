import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "../../errors/index.ts";
import type { DatabaseUser } from "./database-user.ts";

/** How this machine's processes reach the server: a folder with a socket, or loopback where sockets are none. */
export interface ClusterAddress {
  host: string;
  port: number;
}

/** sockaddr_un takes 107 bytes on Linux and 103 on macOS; `/.s.PGSQL.5432.lock` takes 19 of them. */
const MAX_SOCKET_FOLDER_BYTES = 84;
const PORT = 5432;
const WORLD_BITS = 0o077;

/** A short folder of the database's own account in the place for temporary files, for data folders with long names. */
function shortFolder(folder: string, user: DatabaseUser | null): string {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const short = join(tmpdir(), `growth-engine-${name}`);
  if (!existsSync(short)) {
    mkdirSync(short, { mode: 0o700 });
    if (user) chownSync(short, user.uid, user.gid);
  }
  const { uid, mode } = statSync(short);
  const owner = user?.uid ?? process.getuid?.();
  if (uid === owner && (mode & WORLD_BITS) === 0) return short;
  throw new Refusal("INPUT_INVALID", `${short} belongs to somebody else`, {
    hint: "growth-engine serve --data-dir <a shorter path>",
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Where a server of this data folder is to listen. */
export async function chooseAddress(folder: string, user: DatabaseUser | null): Promise<ClusterAddress> {
  if (process.platform === "win32") return { host: "127.0.0.1", port: await freePort() };
  const fits = Buffer.byteLength(folder) <= MAX_SOCKET_FOLDER_BYTES;
  return { host: fits ? folder : shortFolder(folder, user), port: PORT };
}

/** The settings that make the server listen there and nowhere else. */
export function addressSettings({ host, port }: ClusterAddress): string {
  const quoted = host.replaceAll("'", "''");
  return process.platform === "win32"
    ? `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = ''\n`
    : `listen_addresses = ''\nport = ${port}\nunix_socket_directories = '${quoted}'\nunix_socket_permissions = 0700\n`;
}

/** Where a server that runs already listens, from its `postmaster.pid`: 4th line port, 5th socket folder, 6th address. */
export function runningAddress(cluster: string): ClusterAddress {
  const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  return { host: lines[4] || lines[5] || "127.0.0.1", port: Number(lines[3]) };
}
