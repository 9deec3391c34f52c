import {
  askRunner,
  type Client,
  openClient,
  type ServerChoice,
  show,
} from "../../../platform/client/index.ts";
import type { CallOf } from "../../../platform/endpoint/index.ts";
import { messageOf, Refusal } from "../../../platform/errors/index.ts";
import { openRepository } from "../../../platform/git/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import { renderVerdict, type VerdictReport } from "../../verdict/index.ts";
import { gatherSubject, readGiven, type SubjectOptions } from "../gather-subject.ts";
import { judgeRange } from "../judge-range.ts";
import type * as contract from "./contract.ts";
import { findRun, type Run } from "./find-run.ts";

export interface PublishOptions extends ServerChoice, SubjectOptions {
  verdict?: string;
  repository?: string;
  pull?: string;
  runUrl?: string;
  audience?: string;
}

type Body = NonNullable<CallOf<typeof contract.publishVerdict>["body"]>;

/** As much as the server takes. */
const MAX_BYTES = 8 << 20;
const EXIT_OF = { pass: EXIT.ok, fail: EXIT.no, error: EXIT.fault } as const;

async function readVerdict(file: string, context: CommandContext): Promise<VerdictReport> {
  const content = await readGiven(context, file, "--verdict", MAX_BYTES);
  try {
    return JSON.parse(content.toString("utf8")) as VerdictReport;
  } catch (cause) {
    throw new Refusal("INPUT_INVALID", `--verdict: ${file} is not JSON: ${messageOf(cause)}`, {
      hint: "growth-engine guard all --json > verdict.json",
    });
  }
}

/** The guards ask no server: what they answer is sent afterwards, by somebody else. */
async function judge(options: PublishOptions, context: CommandContext): Promise<VerdictReport> {
  const repository = await openRepository(context.cwd);
  const { report } = await judgeRange(repository, await gatherSubject(options, context), "all");
  const text = renderVerdict(report, "text", { colour: context.colour, version: context.version });
  if (options.json) context.err(text);
  else context.out(text);
  return report;
}

/** What is sent beside the verdict; a mistake in it is told before the guards take their time. */
function restOf(options: PublishOptions, run: Run): Omit<Body, "verdict"> {
  const repository = options.repository ?? run.repository;
  if (repository === null)
    throw new Refusal("USAGE", "of which repository is the verdict?", {
      hint: "--repository <name>, one of: growth-engine fleet repository",
    });
  const pull = options.pull === undefined ? run.pull : Number(options.pull);
  const url = options.runUrl ?? run.url;
  return {
    repository,
    ...(pull === null ? {} : { pull }),
    ...(url === null ? {} : { run_url: url }),
  };
}

/** In a run that the forge vouches for, its OpenID token takes the place of one of ours. */
async function clientOf(options: PublishOptions, { env }: CommandContext): Promise<Client> {
  const { url = env.GROWTH_ENGINE_URL, audience = url } = options;
  const token = audience ? await askRunner(env, audience.replace(/\/+$/, "")) : null;
  return openClient({ ...options, env: token === null ? env : { ...env, GROWTH_ENGINE_TOKEN: token } });
}

/** Sends a verdict. One that was judged here also decides the exit code, as `guard all` does. */
export async function publishVerdict(options: PublishOptions, context: CommandContext): Promise<ExitCode> {
  const client = await clientOf(options, context);
  const rest = restOf(options, await findRun(context));
  const verdict =
    options.verdict === undefined
      ? await judge(options, context)
      : await readVerdict(options.verdict, context);
  const body = { ...rest, verdict: verdict as unknown as Body["verdict"] };
  const kept = await client.ask<typeof contract.publishVerdict>("POST /api/v1/guard", { body });
  const sentence = `the verdict over ${kept.head.slice(0, 12)} of ${kept.repository} is ${kept.repeated ? "kept already" : "kept"} as number ${kept.id} (${kept.trust})`;
  show(context, options, kept, sentence);
  return options.verdict === undefined ? EXIT_OF[verdict.verdict] : EXIT.ok;
}
