import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { announceServer } from "../../platform/client/index.ts";
import { Fault, messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import type { ServeOptions, Serving } from "../server/main.ts";

/** The options of `serve`, as typed. */
export interface ServeWords {
  host: string;
  port: string;
  dataDir?: string;
  tlsCert?: string;
  tlsKey?: string;
  behindProxy?: boolean;
  logLevel: string;
  privateHost?: string[];
  readForks?: string;
  demo?: boolean;
  repo?: string[];
  newAdminToken?: boolean;
  adminTokenFile?: string;
  receiptKeyFile?: string;
  newReceiptKey?: boolean;
}

type JudgeFork = NonNullable<ServeOptions["forks"]>["judge"];

interface ServerPackage {
  VERSION: string;
  serve(options: ServeOptions): Promise<Serving>;
}

const PACKAGE = "growth-engine-server";
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const LEVELS = ["debug", "info", "warn", "error"];
const MAX_PORT = 65_535;

function missing(version: string, cause: unknown): Fault {
  return new Fault(
    "SERVER_MISSING",
    `the control plane is a package of its own, ${PACKAGE}, and is not installed`,
    {
      hint: `npm install ${PACKAGE}@${version}`,
      cause,
    },
  );
}

/** The package beside this one, or in the project that the user is in. */
function loadServer({ cwd, version }: CommandContext): ServerPackage {
  const places = [join(import.meta.dirname, "x.cjs"), join(cwd, "x.cjs")];
  const found = places.map(createRequire).find((require) => {
    try {
      return require.resolve(PACKAGE) !== "";
    } catch (error) {
      if (systemCode(error) === "MODULE_NOT_FOUND") return false;
      throw error;
    }
  });
  if (!found) throw missing(version, null);
  const server = found(PACKAGE) as ServerPackage;
  if (server.VERSION === version) return server;
  throw new Fault("SERVER_MISSING", `${PACKAGE} is ${server.VERSION}, and this is growth-engine ${version}`, {
    hint: `npm install ${PACKAGE}@${version}`,
  });
}

function refuse(message: string, hint: string): Refusal {
  return new Refusal("INPUT_INVALID", message, { hint });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port;
  throw refuse(`${text} is no port`, "growth-engine serve --port 7420");
}

function tlsOf({ tlsCert, tlsKey }: ServeWords): ServeOptions["tls"] {
  if (tlsCert === undefined && tlsKey === undefined) return null;
  if (tlsCert && tlsKey) return { cert: tlsCert, key: tlsKey };
  throw refuse(
    "TLS takes a certificate and its key",
    "growth-engine serve --tls-cert <file> --tls-key <file>",
  );
}

/** The server's package has no guards: this one lends it its own. */
async function judgeFork({ folder, ...asked }: Parameters<JudgeFork>[0]): ReturnType<JudgeFork> {
  const { judgeRange, refuseLongText } = await import("../../features/guard/index.ts");
  refuseLongText(asked.text);
  const subject = { ...asked, mergeGroup: false, approvals: [] };
  const { report } = await judgeRange(await openRepository(folder), subject, "all");
  return report as unknown as Awaited<ReturnType<JudgeFork>>;
}

function forksOf({ readForks, privateHost = [] }: ServeWords, env: NodeJS.ProcessEnv): ServeOptions["forks"] {
  if (readForks === undefined) return null;
  const url = URL.canParse(readForks) ? new URL(readForks) : null;
  const isOurs = url !== null && (privateHost.includes(url.host) || privateHost.includes(url.hostname));
  if (
    url === null ||
    !(url.protocol === "https:" || (url.protocol === "http:" && isOurs)) ||
    url.username !== ""
  )
    throw refuse(
      `${readForks} is not the address of a forge`,
      "growth-engine serve --read-forks https://github.com",
    );
  return {
    forge: readForks.replace(/\/+$/, ""),
    token: env.GROWTH_ENGINE_FORGE_TOKEN || null,
    judge: judgeFork,
  };
}

function optionsOf(words: ServeWords, context: CommandContext): ServeOptions {
  const { env, clock, version, cwd } = context;
  const tls = tlsOf(words);
  const behindProxy = words.behindProxy === true;
  if (!LOOPBACK.has(words.host) && tls === null && !behindProxy) {
    throw refuse(
      `${words.host} can be reached from elsewhere, and tokens would cross the network in the clear`,
      "add --tls-cert and --tls-key, or --behind-proxy when a proxy ends TLS",
    );
  }
  if (!LEVELS.includes(words.logLevel)) throw refuse(`${words.logLevel} is no log level`, LEVELS.join(", "));
  return {
    env,
    clock,
    version,
    host: words.host,
    port: portOf(words.port),
    dataDir: words.dataDir === undefined ? null : resolve(cwd, words.dataDir),
    tls,
    behindProxy,
    logLevel: words.logLevel,
    privateHosts: words.privateHost ?? [],
    forks: forksOf(words, env),
    demo: words.demo === true,
    adminToken: {
      another: words.newAdminToken === true,
      file: words.adminTokenFile === undefined ? null : resolve(cwd, words.adminTokenFile),
      isSeen: context.interactive === true,
    },
    receiptKey: {
      file: words.receiptKeyFile === undefined ? null : resolve(cwd, words.receiptKeyFile),
      another: words.newReceiptKey === true,
      checkouts: (words.repo ?? []).map((folder) => resolve(cwd, folder)),
    },
  };
}

function adminRow({ admin, folder }: Serving, isSeen: boolean): string[][] {
  if (admin === null)
    return folder === null && !isSeen
      ? [["admin", "no token is made or shown where this is no terminal: --admin-token-file <file>"]]
      : [];
  return [["admin", "file" in admin ? `token in ${admin.file}` : `${admin.token}   (shown this once)`]];
}

function receiptRows({ receipts, folder }: Serving): string[][] {
  if (receipts === null) return [["receipts", "none are signed here: --receipt-key-file <file>"]];
  const { file, exposed } = receipts;
  const isBeside = folder !== null && file.startsWith(folder);
  const account = isBeside ? ["whoever runs as this account may read it"] : [];
  const why = [...account, ...exposed].map((reason) => ["", `no agent may read that key, but ${reason}`]);
  return [["receipts", `signed with the key in ${file}`], ...why];
}

/** What to type in another terminal. */
function tryRows({ demo }: ServeWords): string[][] {
  if (!demo) return [["try", "growth-engine agent add builder   (in another terminal)"]];
  return [
    ["demo", "the fleet demo is simulated: growth-engine heartbeat live --fleet demo"],
    ["", "take it away: growth-engine fleet remove demo --confirm demo"],
  ];
}

function greeting(serving: Serving, words: ServeWords, context: CommandContext): string {
  const paint = paintFor(context.colour);
  const rows = [
    ["database", serving.database],
    ...(serving.migrated.length === 0 ? [] : [["schema", `${serving.migrated.length} steps taken`]]),
    ...adminRow(serving, context.interactive === true),
    ...receiptRows(serving),
    ["reference", `${serving.url}/api/openapi.json`],
    ...tryRows(words),
    ["stop", "Ctrl+C"],
  ];
  const lines = rows.map(([name = "", says = ""]) => `  ${paint("dim", name.padEnd(10))} ${says}`);
  return `${paint("green", "✔")} Growth Engine ${context.version} serves on ${paint("bold", serving.url)}\n${lines.join("\n")}\n`;
}

/** Brings the records of local checkouts by itself. */
async function watchRepositories(serving: Serving, { repo = [] }: ServeWords, context: CommandContext) {
  if (repo.length === 0) return null;
  const { watchCheckouts } = await import("../../features/sync/index.ts");
  return watchCheckouts({
    url: serving.url,
    folders: repo.map((folder) => resolve(context.cwd, folder)),
    token: serving.bringerToken,
    now: () => context.clock.now(),
    brought: ({ repository, checkout, received, rewrites }) =>
      context.err(
        `sync ${printable(repository)} (${printable(checkout)}): ${received} new lines, ${rewrites.length} files rewritten\n`,
      ),
    failed: (folder, error) =>
      context.err(`sync ${printable(folder)}: ${printable(messageOf(error))}; it is tried again\n`),
  });
}

function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
}

/** Serves until it is told to stop, then answers what it accepted. A second signal ends it at once. */
export async function runServe(words: ServeWords, context: CommandContext): Promise<ExitCode> {
  const options = optionsOf(words, context);
  const serving = await loadServer(context).serve(options);
  if (serving.folder !== null) announceServer(serving.folder, { url: serving.url, pid: process.pid });
  context.out(greeting(serving, words, context));
  const watching = await watchRepositories(serving, words, context);
  const signal = await untilStopped();
  context.err(`${signal}: answering what was accepted\n`);
  await watching?.close();
  await serving.close();
  return EXIT.ok;
}
