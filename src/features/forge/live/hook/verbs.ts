import { openClient, type ServerChoice, show, showList } from "../../../../platform/client/index.ts";
import type { CommandContext } from "../../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";
import type { ListedHook, NewHook } from "./contract.ts";

export interface AddHookOptions extends ServerChoice {
  repository?: string;
  forgeName?: string;
}

export interface RotateOptions extends ServerChoice {
  hours: string;
}

/** What to type into the forge. */
const WORDS = {
  github:
    "Content type: application/json; events: pull requests, reviews, pushes, check and workflow runs and jobs, statuses",
  gitlab:
    "Signing token (or secret token, where it signs nothing); events: push, merge request, comments, job, pipeline",
} as const;

function sentenceOf(hook: NewHook, url: string): string {
  return [
    `the webhook takes events; in the forge, its secret shown this once:`,
    `  address  ${url}${hook.path}`,
    `  secret   ${hook.secret}`,
    `  ${WORDS[hook.forge]}`,
  ].join("\n");
}

/** Makes a webhook's address and secret. What is wrong with a word, the server says. */
export async function addHook(
  forge: string,
  options: AddHookOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { repository, forgeName } = options;
  const hook = await client.ask<typeof contract.addHook>("POST /api/v1/forge/hook", {
    body: {
      forge: forge as NewHook["forge"],
      ...(repository === undefined ? {} : { repository }),
      ...(forgeName === undefined ? {} : { forge_name: forgeName }),
    },
  });
  return show(context, options, hook, sentenceOf(hook, client.url));
}

function stateOf({ removed_at, last_at, deliveries, unknown }: ListedHook): string {
  if (removed_at !== null) return `removed ${removed_at.slice(0, 10)}`;
  if (last_at === null) return "nothing yet";
  const odd = unknown === 0 ? "" : `, ${unknown} of kinds that are not read`;
  return `${deliveries} in 30 days, last ${last_at.slice(0, 16)}${odd}`;
}

export async function listHooks(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.listHooks>("GET /api/v1/forge/hook");
  return showList(context, options, items, {
    none: "no webhook yet: growth-engine forge hook add github",
    columns: {
      id: ({ id }) => id,
      forge: ({ forge }) => forge,
      repository: ({ repository }) => repository ?? "all",
      brought: stateOf,
    },
  });
}

export async function rotateHook(
  id: string,
  options: RotateOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const hook = await client.ask<typeof contract.rotateHook>("POST /api/v1/forge/hook/:hook/rotate", {
    params: { hook: id },
    body: { hours: Number(options.hours) },
  });
  return show(context, options, hook, sentenceOf(hook, client.url));
}

export async function removeHook(
  id: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const hook = await client.ask<typeof contract.removeHook>("POST /api/v1/forge/hook/:hook/remove", {
    params: { hook: id },
  });
  return show(context, options, hook, `the webhook ${hook.id} takes no more events; what it brought stays`);
}
