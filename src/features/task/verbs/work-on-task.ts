import { Refusal } from "../../../platform/errors/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import type { BlockType } from "../../../vocabulary/task.ts";
import type {
  blockTask as blockTaskEndpoint,
  handOverTask as handOverTaskEndpoint,
  recordProgress as recordProgressEndpoint,
  resumeTask as resumeTaskEndpoint,
} from "../contract.ts";
import { describeProgress, describeTime } from "./describe-task.ts";
import { type FenceOptions, openDesk, takeUp, takeUpHeld, withClaim } from "./open-desk.ts";
import { printTask } from "./show-task.ts";

const MAX_CONTEXT = 64 * 1024;

export interface ProgressOptions extends FenceOptions {
  percent?: string;
  note?: string;
  phase?: string;
}

/** `40`, `40%` and `40 %` are the same; what is no number the server refuses. */
function percentOf(text: string): number {
  const [, digits] = /^\s*(\d{1,3})\s*%?\s*$/.exec(text) ?? [];
  if (digits !== undefined && Number(digits) <= 100) return Number(digits);
  throw new Refusal("USAGE", `--percent "${text}" is no number from 0 to 100`, { hint: "--percent 40" });
}

/** `growth-engine task progress`. */
export async function recordProgress(
  named: string | undefined,
  options: ProgressOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { percent, note, phase } = options;
  if (percent === undefined && note === undefined && phase === undefined)
    throw new Refusal("USAGE", "what progress there is, is not said", {
      hint: "--percent 40 --note <text> --phase <name>",
    });
  const desk = await openDesk(options, context);
  const { task, fence } = takeUp(desk, named, options, "progress");
  const body = {
    ...(fence === undefined ? {} : { fence }),
    ...(percent === undefined ? {} : { percent: percentOf(percent) }),
    ...(note === undefined ? {} : { note }),
    ...(phase === undefined ? {} : { phase }),
  };
  const view = await withClaim(desk, task, () =>
    desk.client.ask<typeof recordProgressEndpoint>("POST /api/v1/task/:task/progress", {
      params: { task },
      body,
    }),
  );
  const said = [describeProgress(view), view.phase === null ? null : `phase ${view.phase}`]
    .filter(Boolean)
    .join(", ");
  return printTask(view, options, context, `${view.id}: ${said}`);
}

export interface BlockOptions extends FenceOptions {
  type: string;
  reason: string;
  tried?: string;
  impact?: string;
}

/** `growth-engine task block`. */
export async function blockTask(
  named: string | undefined,
  options: BlockOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const desk = await openDesk(options, context);
  const { task, fence } = takeUp(desk, named, options, "block");
  const { type, reason, tried, impact } = options;
  const body = {
    ...(fence === undefined ? {} : { fence }),
    type: type as BlockType,
    reason,
    ...(tried === undefined ? {} : { tried }),
    ...(impact === undefined ? {} : { impact }),
  };
  const view = await withClaim(desk, task, () =>
    desk.client.ask<typeof blockTaskEndpoint>("POST /api/v1/task/:task/block", { params: { task }, body }),
  );
  return printTask(
    view,
    options,
    context,
    `${view.id} is blocked (${view.block?.type}); no lease runs until it is resumed`,
  );
}

export interface ResumeOptions extends FenceOptions {
  reason?: string;
}

/** `growth-engine task resume`. */
export async function resumeTask(
  named: string | undefined,
  options: ResumeOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const desk = await openDesk(options, context);
  const { task, fence } = takeUp(desk, named, options, "resume");
  const body = {
    ...(fence === undefined ? {} : { fence }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  };
  const view = await withClaim(desk, task, () =>
    desk.client.ask<typeof resumeTaskEndpoint>("POST /api/v1/task/:task/resume", { params: { task }, body }),
  );
  return printTask(
    view,
    options,
    context,
    `${view.id} goes on with ${view.holder}; its lease ends ${describeTime(view.lease_until, context)}`,
  );
}

export interface HandOverOptions extends FenceOptions {
  to: string;
  context: string;
  file?: string[];
}

/** `growth-engine task hand-over`. */
export async function handOverTask(
  named: string | undefined,
  options: HandOverOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const desk = await openDesk(options, context);
  const { task, fence } = takeUpHeld(desk, named, options, "hand-over");
  const piped = options.context === "-";
  const said = piped ? (await context.readInput(MAX_CONTEXT)).toString("utf8").trim() : options.context;
  const body = { fence, to: options.to, context: said, files: options.file ?? [] };
  const view = await withClaim(desk, task, () =>
    desk.client.ask<typeof handOverTaskEndpoint>("POST /api/v1/task/:task/hand-over", {
      params: { task },
      body,
    }),
  );
  desk.claims?.forget(task);
  return printTask(view, options, context, `${view.id} is ${view.assignee}'s to claim, with what you wrote`);
}
