import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../errors/index.ts";
import { readLimited } from "./read-limited.ts";

/** Who is asked, in whose name. */
export interface GithubAccess {
  /** `https://api.github.com`, or a server's `https://<host>/api/v3`. */
  api: string;
  /** Null asks as nobody: 60 requests an hour, public repositories only. */
  token: string | null;
  /** Version of Growth Engine, for the User-Agent that GitHub demands. */
  version: string;
  /** Ends every request of this access; the check must answer. */
  deadline: AbortSignal;
}

/** What GitHub said, or why it could not be had. */
export type Answer = { found: unknown } | Unseen;

export interface Unseen {
  unseen: string;
  /** Of HTTP; absent where there was no answer. */
  status?: number;
}

const REQUEST_MS = 8_000;
const MAX_BYTES = 16 << 20;
/** Waits before a second and a third try, in milliseconds. */
const PAUSES = [300, 1_200];
/** GitHub asks to wait (docs.github.com "Rate limits for the REST API"); for longer than this, in seconds, we do not. */
const PATIENCE_S = 3;

interface Try {
  answer: Answer;
  /** Wait before another try, in milliseconds; null where another does not help. */
  again: number | null;
}

function headers({ token, version }: GithubAccess): Record<string, string> {
  return {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    "user-agent": `growth-engine/${version}`,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}

function sentenceOf(status: number, text: string): string {
  let message = "";
  try {
    const body = JSON.parse(text) as { message?: unknown };
    message = typeof body?.message === "string" ? `: ${body.message.slice(0, 200)}` : "";
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return `GitHub answered ${status}${message}`;
}

/** How long to wait before asking again, in milliseconds; null where asking again does not help. */
function pauseAfter(response: Response, pause: number): number | null {
  if (response.status >= 500) return pause;
  const after = Number(response.headers.get("retry-after") ?? Number.NaN);
  const limited = response.status === 429 || response.status === 403;
  return limited && after <= PATIENCE_S ? Math.max(after * 1_000, pause) : null;
}

function parse(text: string): Answer {
  try {
    return { found: JSON.parse(text) as unknown };
  } catch (error) {
    return { unseen: `GitHub's answer is not JSON: ${messageOf(error)}` };
  }
}

async function tryOnce(access: GithubAccess, path: string, pause: number): Promise<Try> {
  const signal = AbortSignal.any([access.deadline, AbortSignal.timeout(REQUEST_MS)]);
  try {
    const response = await fetch(`${access.api}${path}`, {
      headers: headers(access),
      redirect: "error",
      signal,
    });
    const text = await readLimited(response, MAX_BYTES);
    if (response.status === 200) return { answer: parse(text), again: null };
    const answer = { unseen: sentenceOf(response.status, text), status: response.status };
    return { answer, again: pauseAfter(response, pause) };
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    const answer = { unseen: `GitHub could not be reached: ${messageOf(cause ?? error)}` };
    return { answer, again: access.deadline.aborted ? null : pause };
  }
}

/** GETs a path of GitHub's REST interface; tries again briefly where that may help. Never throws. */
export async function askGithub(access: GithubAccess, path: string): Promise<Answer> {
  for (const pause of PAUSES) {
    const { answer, again } = await tryOnce(access, path, pause);
    if (again === null) return answer;
    await sleep(again);
  }
  return (await tryOnce(access, path, 0)).answer;
}
