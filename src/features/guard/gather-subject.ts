import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf, Refusal } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { Approval } from "./judge-override.ts";
import { readEvent } from "./read-event.ts";
import type { Subject } from "./subject.ts";

/** Longest pull request text that is judged (contract §3). */
export const MAX_TEXT_BYTES = 256 * 1024;
const MAX_EVENT_BYTES = 32 << 20;

/** The options that choose what is judged. */
export interface SubjectOptions {
  base?: string;
  head?: string;
  prBody?: string;
  actor?: string;
  approvals?: string;
  mergeGroup?: boolean;
}

/** Reads a regular file up to its limit and no further: a device or a pipe may never end. */
async function readFileUpTo(path: string, name: string, maxBytes: number, hint: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw new Error("it is no regular file");
    if (status.size > maxBytes) return Buffer.alloc(maxBytes + 1);
    return await readFile(path);
  } catch (cause) {
    throw new Refusal("INPUT_INVALID", `${name}: ${path} could not be read: ${messageOf(cause)}`, { hint });
  }
}

/** A file that an option names, or standard input for `-`; no more than `maxBytes` of it. */
export async function readGiven(
  context: CommandContext,
  path: string,
  option: string,
  maxBytes: number,
): Promise<Buffer> {
  const hint = `${option} <file>, or ${option} - to read standard input`;
  const content =
    path === "-"
      ? await context.readInput(maxBytes)
      : await readFileUpTo(resolve(context.cwd, path), option, maxBytes, hint);
  if (content.length > maxBytes) {
    throw new Refusal("INPUT_TOO_LARGE", `${option}: the text holds over ${maxBytes / 1024} KiB`, {
      hint: "shorten the text",
    });
  }
  return content;
}

function parseJson(content: Buffer, name: string): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch (cause) {
    throw new Refusal("INPUT_INVALID", `${name} is not JSON: ${messageOf(cause)}`, {
      hint: `correct ${name}`,
    });
  }
}

function isApproval(value: unknown): value is Approval {
  const { user, teams = [], head, reason, until } = (value ?? {}) as Record<string, unknown>;
  const texts = [user, head, reason, until].every((text) => typeof text === "string");
  return texts && Array.isArray(teams) && teams.every((team) => typeof team === "string");
}

async function readApprovals(context: CommandContext, path: string): Promise<Approval[]> {
  const given = parseJson(await readGiven(context, path, "--approvals", MAX_EVENT_BYTES), path);
  if (Array.isArray(given) && given.every(isApproval)) {
    return given.map(({ user, teams = [], head, reason, until }) => ({ user, teams, head, reason, until }));
  }
  throw new Refusal("INPUT_INVALID", `${path} is no list of approvals`, {
    hint: '[{"user": "…", "teams": ["@org/team"], "head": "<commit>", "reason": "…", "until": "YYYY-MM-DD"}]',
  });
}

/** A webhook event that a run of GitHub Actions is about. */
export interface EventFile {
  name: string;
  event: unknown;
}

/**
 * The event of this CI run; null outside of one.
 * @throws Refusal INPUT_INVALID when its file cannot be read
 */
export async function readEventFile(context: CommandContext): Promise<EventFile | null> {
  const { GITHUB_ACTIONS, GITHUB_EVENT_NAME, GITHUB_EVENT_PATH } = context.env;
  if (GITHUB_ACTIONS !== "true" || !GITHUB_EVENT_NAME || !GITHUB_EVENT_PATH) return null;
  const path = resolve(context.cwd, GITHUB_EVENT_PATH);
  const hint =
    "let GITHUB_EVENT_PATH name the event file, or unset GITHUB_ACTIONS and name --base and --head";
  const content = await readFileUpTo(path, "GITHUB_EVENT_PATH", MAX_EVENT_BYTES, hint);
  return { name: GITHUB_EVENT_NAME, event: parseJson(content, "the event file") };
}

async function fromEvent(context: CommandContext): Promise<Subject | null> {
  const file = await readEventFile(context);
  return file === null ? null : readEvent(file.name, file.event);
}

/** @throws Refusal INPUT_TOO_LARGE for a text that is not judged (contract §3) */
export function refuseLongText(text: string | null): void {
  if (text === null || Buffer.byteLength(text) <= MAX_TEXT_BYTES) return;
  throw new Refusal("INPUT_TOO_LARGE", "the pull request text holds over 256 KiB", { hint: "shorten it" });
}

/** What is to be judged: options win over the CI event, the event over the defaults. */
export async function gatherSubject(options: SubjectOptions, context: CommandContext): Promise<Subject> {
  const event = await fromEvent(context);
  const body =
    options.prBody === undefined
      ? null
      : await readGiven(context, options.prBody, "--pr-body", MAX_TEXT_BYTES);
  const given = options.approvals === undefined ? [] : await readApprovals(context, options.approvals);
  const text = body?.toString("utf8") ?? event?.text ?? null;
  // A file was measured as it was read: bytes that are no UTF-8 become longer as text.
  if (body === null) refuseLongText(text);
  return {
    base: options.base ?? event?.base ?? null,
    head: options.head ?? event?.head ?? "HEAD",
    text,
    actor: options.actor ?? event?.actor ?? null,
    mergeGroup: options.mergeGroup ?? event?.mergeGroup ?? false,
    approvals: [...given, ...(event?.approvals ?? [])],
  };
}
