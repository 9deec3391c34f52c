import { chownSync, closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressSettings, type ClusterAddress, chooseAddress, runningAddress } from "./cluster-address.ts";
import {
  type ClusterPlace,
  clusterOf,
  createCluster,
  makeDataFolder,
  passwordOf,
  SETTINGS_FILE,
} from "./create-cluster.ts";
import { dataFolder } from "./data-folder.ts";
import { databaseUser } from "./database-user.ts";
import { findPrograms } from "./find-programs.ts";
import { installPrograms } from "./install-programs.ts";
import { refuseUnreachable } from "./refuse-unreachable.ts";
import { exitOf, runProgram } from "./run-program.ts";

/** A PostgreSQL server of this product's own, for this machine alone. */
export interface EmbeddedServer extends ClusterAddress {
  user: string;
  password: string;
  /** The data folder. */
  folder: string;
  /** The account it runs as, when not this process's own. */
  account: string | null;
  /** Whether it was started now; false when one was running there already. */
  isNew: boolean;
  /** Ends it, for whoever uses it. */
  stop(): Promise<void>;
}

/** `pg_ctl` waits this long for a start, which may have to recover from a crash first. */
const START_SECONDS = 120;
const STOP_SECONDS = 30;

/** What a server of the control plane needs beyond the defaults. Nothing here trades durability for speed. */
const SETTINGS = [
  "max_connections = 100",
  "log_destination = 'stderr'",
  "log_min_messages = 'warning'",
  "timezone = 'UTC'",
  "",
].join("\n");

function writeSettings({ folder, user }: ClusterPlace, address: ClusterAddress): void {
  const file = join(clusterOf(folder), SETTINGS_FILE);
  writeFileSync(file, `# Written at each start.\n${SETTINGS}${addressSettings(address)}`);
  if (user) chownSync(file, user.uid, user.gid);
}

function control(place: ClusterPlace, words: readonly string[]): string[] {
  return [...words, `--pgdata=${clusterOf(place.folder)}`, "--silent"];
}

/** pg_ctl(1): `status` exits with 0 when a server runs in the folder. */
async function isRunning(place: ClusterPlace): Promise<boolean> {
  return (await exitOf(place.programs.pg_ctl, control(place, ["status"]), place)) === 0;
}

async function start(place: ClusterPlace): Promise<ClusterAddress> {
  const address = await chooseAddress(place.folder, place.user);
  writeSettings(place, address);
  const words = control(place, ["start", "--wait", `--timeout=${START_SECONDS}`]);
  await runProgram(place.programs.pg_ctl, words, { ...place, what: "starting the embedded PostgreSQL" });
  return address;
}

async function stop(place: ClusterPlace): Promise<void> {
  const words = control(place, ["stop", "--mode=fast", "--wait", `--timeout=${STOP_SECONDS}`]);
  await runProgram(place.programs.pg_ctl, words, { ...place, what: "stopping the embedded PostgreSQL" });
}

async function prepare(
  env: NodeJS.ProcessEnv,
  dataDir: string | null,
  version: string,
): Promise<ClusterPlace> {
  const found = await findPrograms();
  const user = databaseUser();
  const folder = dataDir ?? dataFolder(env, user);
  makeDataFolder(folder, user);
  refuseUnreachable(folder, user);
  const log = join(folder, "postgresql.log");
  closeSync(openSync(log, "a", 0o600));
  return { folder, user, programs: installPrograms(found, { user, folder, version }), log };
}

/**
 * Starts the embedded server of a data folder, making its cluster first when there is none, or joins the one that
 * already runs there.
 * @param dataDir absolute path; null for the usual place
 * @throws Fault PLATFORM_UNSUPPORTED, DATABASE_UNAVAILABLE; Refusal INPUT_INVALID for a folder that cannot hold it
 */
export async function startEmbedded(options: {
  env: NodeJS.ProcessEnv;
  dataDir: string | null;
  version: string;
}): Promise<EmbeddedServer> {
  const place = await prepare(options.env, options.dataDir, options.version);
  await createCluster(place);
  const isNew = !(await isRunning(place));
  const address = isNew ? await start(place) : runningAddress(clusterOf(place.folder));
  return {
    ...address,
    isNew,
    user: "growth_engine",
    password: passwordOf(place.folder, place.user),
    folder: place.folder,
    account: place.user?.name ?? null,
    stop: () => stop(place),
  };
}
