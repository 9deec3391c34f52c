import { Refusal } from "../../platform/errors/index.ts";
import { type CommandContext, renderChecks } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import { exitOfChecks, type Finding } from "../../vocabulary/health.ts";
import { CHECK_NAMES, lookAtCheckout, openCheckout, tryCheck } from "./look-at-checkout.ts";

/** Whether the control plane that this user's environment names is there; null when it names none. */
export type LookAtServer = (env: NodeJS.ProcessEnv) => Promise<Finding | null>;

export interface DoctorOptions {
  only?: string[];
  json?: boolean;
}

function refuseUnknown(only: readonly string[], known: readonly string[]): void {
  const wrong = only.find((name) => !known.includes(name));
  if (wrong === undefined) return;
  throw new Refusal("USAGE", `there is no check ${wrong}`, { hint: `--only ${known.join(" | ")}` });
}

async function lookAt(name: "server", look: LookAtServer, env: NodeJS.ProcessEnv) {
  const found = await look(env).catch((error: unknown) => tryCheck(name, () => Promise.reject(error)));
  return found === null ? [] : [{ ...found, name }];
}

/** `growth-engine doctor`. */
export async function runDoctor(
  { only, json }: DoctorOptions,
  context: CommandContext,
  lookAtServer?: LookAtServer,
): Promise<ExitCode> {
  const known = [...CHECK_NAMES, ...(lookAtServer ? ["server"] : [])];
  refuseUnknown(only ?? [], known);
  const wanted = (name: string) => only === undefined || only.includes(name);
  const ground = await openCheckout(context.cwd, context.env, context.clock.now());
  const [checks, server] = await Promise.all([
    lookAtCheckout(ground, CHECK_NAMES.filter(wanted)),
    lookAtServer && wanted("server") ? lookAt("server", lookAtServer, context.env) : [],
  ]);
  const all = [...checks, ...server];
  context.out(json ? `${JSON.stringify(all, null, 2)}\n` : renderChecks(all, context));
  return exitOfChecks(all);
}
