import { join } from "node:path";
import { Refusal } from "../../platform/errors/index.ts";
import { holdLock } from "../../platform/files/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import { type CommandContext, showProgress } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { findCheckout } from "../recorder/index.ts";
import { belongsTo } from "./belongs-to.ts";
import { findLogs, logFolder, namedLogs, writtenAt } from "./find-logs.ts";
import { HOSTS, type Host } from "./host-tools.ts";
import { type ImportedLog, importLog, peekSession } from "./import-log.ts";
import { readKnownCalls } from "./known-calls.ts";
import { type RecordingGround, recordLogged } from "./record-logged.ts";
import { type ImportReport, renderImport } from "./render-import.ts";
import { sinceOf } from "./since-of.ts";

/** Words of the command line. */
export interface ImportOptions {
  agent?: string;
  task?: string;
  since?: string;
  dryRun?: boolean;
  json?: boolean;
}

function hostOf(word: string | undefined): Host {
  const host = HOSTS.find((known) => known === word);
  if (host !== undefined) return host;
  throw new Refusal("USAGE", `no logs of ${JSON.stringify(word ?? "")} can be read`, {
    hint: `growth-engine evidence import ${HOSTS.join("|")}`,
  });
}

function agentOf({ agent }: ImportOptions, { env }: CommandContext): string {
  const said = agent ?? env.GROWTH_ENGINE_AGENT;
  if (said) return said;
  throw new Refusal("INPUT_INVALID", "agent is not said", {
    hint: "--agent <agent>, or GROWTH_ENGINE_AGENT=<agent>",
  });
}

/** A log that somebody named is imported, or it is said why not before anything is written. */
async function refuseForeign(paths: readonly string[], host: Host, root: string): Promise<void> {
  for (const path of paths) {
    const session = await peekSession(path, host);
    if (session !== null && belongsTo(session, root)) continue;
    const why =
      session === null
        ? `it is no log of ${host}`
        : `it is of a session in ${session.cwd}, not of this checkout`;
    throw new Refusal("INPUT_INVALID", `nothing was imported: ${path}: ${why}`, {
      hint: session === null ? `leave it out` : `cd ${session.cwd}`,
    });
  }
}

async function logsOf(words: readonly string[], host: Host, root: string, { cwd, env }: CommandContext) {
  if (words.length === 0) return findLogs(host, root, env);
  const named = namedLogs(words, host, cwd);
  await refuseForeign(
    named.filter(({ isNamed }) => isNamed).map(({ path }) => path),
    host,
    root,
  );
  return named.map(({ path }) => path);
}

/** Reads the logs one after another. With `dryRun` it only counts. */
async function importAll(
  logs: readonly string[],
  host: Host,
  ground: RecordingGround,
  { options, context }: { options: ImportOptions; context: CommandContext },
): Promise<ImportReport> {
  const since = sinceOf(options.since, context.clock.now());
  const known = await readKnownCalls(await openRepository(ground.root));
  const files = new Set<string>();
  const imported: ImportedLog[] = [];
  let redacted = 0;
  const progress = showProgress(context, "reading logs", logs.length);
  for (const path of logs) {
    progress.step();
    if ((writtenAt(path) ?? since) < since) continue;
    const log = await importLog(path, {
      host,
      root: ground.root,
      known,
      since,
      now: context.clock.now(),
      write: async (session, calls) => {
        if (options.dryRun === true) return;
        const { files: written, taken } = await recordLogged(ground, session, calls);
        redacted += taken;
        for (const file of written) files.add(file);
      },
    });
    imported.push(log);
  }
  progress.end();
  return { host, dryRun: options.dryRun === true, logs: imported, files: [...files].sort(), redacted };
}

/** `growth-engine evidence import <host> [logs…]`: what a host's own logs tell of tool calls becomes evidence. */
export async function importEvidence(
  [word, ...words]: readonly string[],
  options: ImportOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const host = hostOf(word);
  const agent = agentOf(options, context);
  const checkout = findCheckout(context.cwd);
  if (checkout === null) {
    throw new Refusal("NOT_A_REPOSITORY", `${context.cwd} is not inside a git working tree`, {
      hint: "run it in the checkout that the sessions worked in",
    });
  }
  const { root, gitDir } = checkout;
  const logs = await logsOf(words, host, root, context);
  const task = options.task ?? context.env.GROWTH_ENGINE_TASK;
  const recorder = { kind: "transcript", name: `${host}-log`, version: context.version } as const;
  const ground = { root, agent, task: task || undefined, recorder };
  const report = await holdLock(join(gitDir, "growth-engine-import.lock"), "an import", () =>
    importAll(logs, host, ground, { options, context }),
  );
  renderImport(
    report,
    words.length === 0 ? logFolder(host, context.env) : null,
    options.json === true,
    context,
  );
  return EXIT.ok;
}
