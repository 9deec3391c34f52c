import { Refusal } from "../../../platform/errors/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { Priority } from "../../../vocabulary/task.ts";

/** What a task is about, as it is typed. */
export interface TaskFieldOptions {
  description?: string;
  criterion?: string[];
  path?: string[];
  priority?: string;
  estimate?: string;
  due?: string;
  phase?: string;
  link?: string[];
  payload?: string;
}

const MAX_DESCRIPTION = 64 * 1024;

/** `--criterion login:users sign in` names a criterion; without a name it is known by its number. */
export function criterionOf(text: string): string | { id: string; text: string } {
  const [, id, rest] = /^([A-Za-z][\w.-]{0,63}):\s*(\S.*)$/s.exec(text) ?? [];
  return id === undefined || rest === undefined || /^https?$/.test(id) ? text : { id, text: rest };
}

function kindOf(url: string): "issue" | "pull_request" | "other" {
  if (/\/(pull|merge_requests)\/\d+/.test(url)) return "pull_request";
  return /\/issues\/\d+/.test(url) ? "issue" : "other";
}

function payloadOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below, as for what is JSON and no object.
  }
  throw new Refusal("INPUT_INVALID", "--payload is no JSON object", { hint: `--payload '{"sprint": 7}'` });
}

/** A day ends at its last second; anything else is the server's to judge. */
const dueOf = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59Z` : text);

async function descriptionOf(text: string, context: CommandContext): Promise<string> {
  return text === "-" ? (await context.readInput(MAX_DESCRIPTION)).toString("utf8").trim() : text;
}

const estimateOf = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);

/** Only what was given: the server fills in the rest, and says what is wrong with it. */
export async function readTaskFields(options: TaskFieldOptions, context: CommandContext) {
  const { description, criterion, path, priority, estimate, due, phase, link, payload } = options;
  return {
    ...(description === undefined ? {} : { description: await descriptionOf(description, context) }),
    ...(criterion ? { criteria: criterion.map(criterionOf) } : {}),
    ...(path ? { paths: path } : {}),
    ...(priority === undefined ? {} : { priority: priority.toUpperCase() as Priority }),
    ...(estimate === undefined ? {} : { estimate: estimateOf(estimate) }),
    ...(due === undefined ? {} : { due_at: dueOf(due) }),
    ...(phase === undefined ? {} : { phase }),
    ...(link ? { links: link.map((url) => ({ kind: kindOf(url), url })) } : {}),
    ...(payload === undefined ? {} : { payload: payloadOf(payload) }),
  };
}
