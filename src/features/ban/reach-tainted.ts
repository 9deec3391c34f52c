import { NOWHERE_ELSE, type Reach, type UnparsableFact } from "./facts.ts";
import type { Production } from "./production.ts";
import { type Chain, findChains } from "./reach/find-chains.ts";
import type { Importer, Importers } from "./reach/importers.ts";
import type { StartedFiles } from "./reach/started-files.ts";
import type { TaintedFile } from "./read-tainted.ts";

/** Only what is erased: such a file takes nothing along when production reaches it. */
function isHarmless({ named, spawns, broken }: TaintedFile): boolean {
  return spawns.length === 0 && broken === null && named.every(({ typeOnly }) => typeOnly);
}

/** Tells of which files production starts, where a search backwards ends. */
function goalOf(production: Production, started: StartedFiles): (importer: Importer) => boolean {
  const byEntries = production.entries.size > 0;
  return ({ path, loaded }) => (production.isGoal(path) && (byEntries || !loaded)) || started.has(path);
}

function reachOf(chain: Chain, production: Production, started: StartedFiles): Reach {
  const [first] = chain.steps;
  const before = first && !production.isGoal(first.file) ? (started.get(first.file) ?? []) : [];
  return {
    steps: [...before, ...chain.steps],
    entry: production.entries.size > 0 ? (first?.file ?? null) : null,
  };
}

/** How production comes to a script that it neither holds nor runs by itself: code, or another script, starts it. */
export async function reachScript(
  production: Production,
  script: string,
  importers: Importers,
  starting: () => Promise<StartedFiles>,
): Promise<Reach | null> {
  const started: StartedFiles = production.entries.size > 0 ? new Map() : await starting();
  const chains = await findChains([script], importers, goalOf(production, started));
  const chain = chains.get(script);
  return chain === undefined || chain.broken ? null : reachOf(chain, production, started);
}

/** How production comes to the tainted files. */
export interface Reached {
  /** By path; files that production does not reach have no entry. */
  reaches: ReadonlyMap<string, Reach>;
  /** Production files that lead to a tainted one, as far as their broken text shows. */
  broken: UnparsableFact[];
}

export async function reachTainted(
  production: Production,
  tainted: readonly TaintedFile[],
  importers: Importers,
  starting: () => Promise<StartedFiles>,
): Promise<Reached> {
  const byEntries = production.entries.size > 0;
  const reaches = new Map<string, Reach>();
  const starts = ({ path, loaded }: { path: string; loaded: boolean }) =>
    production.isGoal(path) && (byEntries || !loaded);
  for (const file of tainted) {
    const { path } = file;
    if (starts(file)) reaches.set(path, { steps: [], entry: byEntries ? path : null });
  }
  const outside = tainted.filter((file) => !reaches.has(file.path) && !isHarmless(file));
  const started: StartedFiles = outside.length > 0 && !byEntries ? await starting() : new Map();
  for (const { path } of outside) {
    const steps = started.get(path);
    if (steps) reaches.set(path, { steps, entry: null });
  }
  const others = outside.filter(({ path }) => !reaches.has(path));
  const chains = await findChains(
    others.map(({ path }) => path),
    importers,
    goalOf(production, started),
  );
  const broken: UnparsableFact[] = [];
  for (const [path, chain] of chains) {
    const [first] = chain.steps;
    if (chain.broken && first) {
      const reason = `its text names ${chain.steps[1]?.file ?? path}`;
      broken.push({ ...first, reason, reach: NOWHERE_ELSE });
    } else reaches.set(path, reachOf(chain, production, started));
  }
  return { reaches, broken };
}
