import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Client, openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { type CommandContext, printable, showProgress } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { showTokenEndpoint } from "../../token/index.ts";
import { listRecordFiles } from "./list-record-files.ts";
import { openGround } from "./open-ground.ts";
import { renderTally } from "./render-tally.ts";
import { syncCheckout } from "./sync-checkout.ts";
import type { Tally } from "./tally.ts";

export interface SyncOptions extends ServerChoice {
  repo?: string;
  name?: string;
  watch?: boolean;
  verdict?: boolean;
  receipts?: boolean;
}

const AGAIN_MS = 3_000;

async function deliverBeats(client: Client, { env, err }: CommandContext): Promise<void> {
  const { deliverBeats, describeDelivered } = await import("../../heartbeat/live/spool/index.ts");
  const delivered = await deliverBeats(client, env);
  if (delivered !== null) err(`note ${printable(describeDelivered(delivered))}\n`);
}

async function syncOnce(options: SyncOptions, context: CommandContext): Promise<Tally> {
  const client = openClient({ ...options, env: context.env });
  const ground = await openGround(resolve(context.cwd, options.repo ?? "."), options.name);
  const { agent } = await client.ask<typeof showTokenEndpoint>("GET /api/v1/token/self");
  if (agent !== null) await deliverBeats(client, context);
  const { files } = listRecordFiles(ground.root);
  const progress = showProgress(context, "reading record files", files.length);
  const judge = async (head: string) =>
    options.verdict === false
      ? null
      : (await import("./publish-verdict.ts")).publishVerdict(client, ground, head);
  const receipts = options.receipts !== false;
  const now = () => context.clock.now();
  try {
    return await syncCheckout({ client, ground, agent, now, judge, receipts, step: progress.step });
  } finally {
    progress.end();
  }
}

function print(tally: Tally, { json }: SyncOptions, context: CommandContext): void {
  context.out(json ? `${JSON.stringify(tally, null, 2)}\n` : renderTally(tally, context));
}

const isNews = (tally: Tally): boolean =>
  tally.received + tally.returned + tally.receipts + tally.rewrites.length + tally.broken.length > 0;

async function watch(options: SyncOptions, context: CommandContext): Promise<never> {
  for (let isFirst = true; ; isFirst = false) {
    const tally = await syncOnce(options, context);
    if (isFirst || isNews(tally)) print(tally, options, context);
    await wait(AGAIN_MS);
  }
}

/** `growth-engine sync`: exit 0 also with broken and rewritten lines, which are the guard's to judge. */
export async function runSync(options: SyncOptions, context: CommandContext): Promise<ExitCode> {
  if (options.watch && options.json)
    throw new Refusal("USAGE", "--watch does not end, so it prints no JSON", {
      hint: "growth-engine sync --json",
    });
  if (options.watch) return watch(options, context);
  print(await syncOnce(options, context), options, context);
  return EXIT.ok;
}
