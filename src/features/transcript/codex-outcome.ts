import type { Outcome } from "../evidence/index.ts";
import { isObject } from "./logged-call.ts";

/** How Codex words that a person said no. */
const DENIED = /^(?:exec command |patch )?(?:rejected|aborted|denied) by user|^aborted by user/i;
const EXIT_CODE = /^(?:Process exited with code|Exit code:) (-?\d+)$/m;
/** Codex puts what it says of a command before the command's own words. */
const OWN_WORDS = 400;

function fromExitCode(code: unknown): Outcome | undefined {
  return typeof code === "number" ? (code === 0 ? "ok" : "error") : undefined;
}

/** `{"output": …, "metadata": {"exit_code": …}}`, as some tools answer. */
function fromJson(text: string): Outcome | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && isObject(value.metadata) ? fromExitCode(value.metadata.exit_code) : undefined;
  } catch {
    return undefined;
  }
}

function fromText(text: string): Outcome | undefined {
  const head = text.slice(0, OWN_WORDS);
  if (DENIED.test(head)) return "denied";
  const [before = ""] = head.split(/^(?:Output|Total output lines):/m);
  const code = EXIT_CODE.exec(before)?.[1];
  return code === undefined ? fromJson(text) : fromExitCode(Number(code));
}

/** What the output of a call says of its outcome; undefined where it says nothing. */
export function outputOutcome(output: unknown): Outcome | undefined {
  if (typeof output === "string") return fromText(output);
  if (Array.isArray(output)) {
    const first = output.find(isObject)?.text;
    return typeof first === "string" ? fromText(first) : undefined;
  }
  if (!isObject(output)) return undefined;
  if (typeof output.success === "boolean") return output.success ? "ok" : "error";
  return typeof output.content === "string" ? fromText(output.content) : undefined;
}

/** Of an MCP call: `{"Ok": {…, "isError": …}}` or `{"Err": …}`. A tool that failed is a successful reply. */
export function resultOutcome(result: unknown): Outcome | undefined {
  if (!isObject(result)) return undefined;
  if ("Err" in result) return /user rejected|denied|declined/i.test(String(result.Err)) ? "denied" : "error";
  const reply = isObject(result.Ok) ? result.Ok : result;
  return reply.isError === true || reply.is_error === true ? "error" : "ok";
}
