import { Fault } from "../../platform/errors/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { GUARDS } from "../../vocabulary/finding.ts";
import { judgeBan } from "../ban/index.ts";
import type { Config } from "../config/index.ts";
import { type Facts, isUnknown } from "./gather-facts.ts";
import { judgeRange } from "./judge-range.ts";
import { writePullRequestText } from "./pull-request/write-text.ts";

/** Options of `evidence section`. */
export interface SectionOptions {
  base?: string;
  head?: string;
  json?: boolean;
}

/** What the text may say. A file with a finding that blocks is still named: the guard speaks about it. */
function textFacts(facts: Facts, config: Config) {
  const { evidence, heartbeat, ban } = facts;
  for (const gathered of [evidence, heartbeat, ban]) {
    if (gathered !== null && isUnknown(gathered))
      throw new Fault("GIT_FAILED", gathered.unknown, { hint: gathered.hint ?? "git fsck" });
  }
  return {
    codeChanged: facts.changedCode.length > 0,
    evidence:
      evidence === null || isUnknown(evidence)
        ? []
        : evidence.files.filter((file) => file.newLines > 0).map((file) => file.path),
    heartbeats: heartbeat === null || isUnknown(heartbeat) ? [] : heartbeat.files,
    longWork: facts.span > config.heartbeat.requiredAfter,
    banFindings: ban === null || isUnknown(ban) ? 0 : judgeBan(ban).length,
  };
}

/** `growth-engine evidence section`: never claims an exemption which the facts contradict. */
export async function writeSection(options: SectionOptions, context: CommandContext): Promise<ExitCode> {
  const repository = await openRepository(context.cwd);
  const subject = {
    base: options.base ?? null,
    head: options.head ?? "HEAD",
    text: null,
    actor: null,
    mergeGroup: false,
    approvals: [],
  };
  const { facts, config, report } = await judgeRange(repository, subject, GUARDS);
  if (facts === null || config === null)
    throw new Fault("HISTORY_MISSING", report.guards[0]?.summary ?? "the range could not be read");
  const known = textFacts(facts, config);
  const text = writePullRequestText(known);
  context.out(options.json ? `${JSON.stringify({ ...known, text }, null, 2)}\n` : text);
  return EXIT.ok;
}
