import type { Database, DatabaseFacts, Migration } from "../../../platform/database/index.ts";
import { messageOf } from "../../../platform/errors/index.ts";
import { lookAtFolder, type Probe } from "../../../platform/health/index.ts";
import type { Job, JobState } from "../../../platform/jobs/index.ts";
import { type Finding, type HealthCheck, unknown } from "../../../vocabulary/health.ts";
import { judgeClock } from "../judge-clock.ts";
import { judgeDatabase } from "./judge-database.ts";
import { judgeEmbedded } from "./judge-embedded.ts";
import { judgeJobs } from "./judge-jobs.ts";
import { askDatabase, askJobs, inProbe } from "./server-store.ts";

/** What a server looks at of itself. */
export interface ServerGround {
  database: Database;
  migrations: readonly Migration[];
  jobs: readonly Job[];
  probes: readonly Probe[];
}

async function check(name: string, look: () => Promise<Finding>): Promise<HealthCheck> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    return { name, ...unknown(`could not be told: ${messageOf(error)}`, "the server's log may say more") };
  }
}

const MAKE_ROOM =
  "make room on the disk of the data folder, or move it: growth-engine serve --data-dir <folder>";

function embedded({ folder, restarts }: Database, facts: Promise<DatabaseFacts>, now: number) {
  if (folder === null) return [];
  return [
    check("embedded", async () =>
      judgeEmbedded({ ...(await facts), folder, restarts: restarts() ?? 0 }, now),
    ),
    check("disk", () => lookAtFolder(folder, MAKE_ROOM)),
  ];
}

/** The database's clock against this process's; both were read within the time that the answer took. */
function clock(facts: Promise<DatabaseFacts>, now: number, asked: number): Promise<HealthCheck> {
  return check("clock", async () => {
    const { clock: said } = await facts;
    const took = performance.now() - asked;
    return judgeClock(said - (now + took / 2), took / 2, "the database's clock");
  });
}

function probe(
  ground: ServerGround,
  one: Probe,
  about: { fleet: string; now: number; jobs: readonly JobState[] },
) {
  return check(one.name, () =>
    inProbe(ground.database, about.fleet, (transaction) => one.look({ transaction, ...about })),
  );
}

/** Everything that the server can tell of itself for one fleet, looked at at the same time. Nothing throws. */
export async function lookAtServer(ground: ServerGround, fleet: string, now: number): Promise<HealthCheck[]> {
  const asked = performance.now();
  const facts = askDatabase(ground.database, ground.migrations);
  const jobs = askJobs(ground.database, ground.jobs);
  // Each is waited for where it is told; until then, nobody would hear of its failing.
  for (const promise of [facts, jobs]) promise.catch(() => undefined);
  const own = [
    check("database", async () => judgeDatabase(await facts)),
    ...embedded(ground.database, facts, now),
    clock(facts, now, asked),
    check("jobs", async () => judgeJobs(await jobs, now)),
  ];
  const states = await jobs.catch(() => []);
  return Promise.all([
    ...own,
    ...ground.probes.map((one) => probe(ground, one, { fleet, now, jobs: states })),
  ]);
}
