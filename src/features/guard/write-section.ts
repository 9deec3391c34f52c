import { Fault } from "../../platform/errors/index.ts";
import { openRepository, type Repository } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { COMMON_GUARDS } from "../../vocabulary/finding.ts";
import { judgeBan } from "../ban/index.ts";
import type { Config } from "../config/index.ts";
import { type Facts, isUnknown } from "./gather-facts.ts";
import { judgeRange } from "./judge-range.ts";
import { type WrittenFacts, writePullRequestText } from "./pull-request/write-text.ts";

/** The range that a text is written for. */
export interface SectionRange {
  /** Tip of the target branch; the default branch where it is not given. */
  base?: string | undefined;
  head?: string | undefined;
}

/** Options of `evidence section`. */
export interface SectionOptions extends SectionRange {
  json?: boolean;
}

/** What may be said of a range, and the pull request text that says it. */
export interface WrittenText extends WrittenFacts {
  text: string;
}

/** What the text may say. A file with a finding that blocks is still named: the guard speaks about it. */
function textFacts(facts: Facts, config: Config): WrittenFacts {
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

/**
 * The pull request text for a range, written from its facts; never claims an exemption which they contradict.
 * @throws Refusal REVISION_UNKNOWN, CONFIG_INVALID; Fault HISTORY_MISSING, GIT_FAILED
 */
export async function writeText(repository: Repository, options: SectionRange): Promise<WrittenText> {
  const subject = {
    base: options.base ?? null,
    head: options.head ?? "HEAD",
    text: null,
    actor: null,
    mergeGroup: false,
    approvals: [],
  };
  const { facts, config, report } = await judgeRange(repository, subject, COMMON_GUARDS);
  if (facts === null || config === null)
    throw new Fault("HISTORY_MISSING", report.guards[0]?.summary ?? "the range could not be read");
  const known = textFacts(facts, config);
  return { ...known, text: writePullRequestText(known) };
}

/** `growth-engine evidence section`. */
export async function writeSection(options: SectionOptions, context: CommandContext): Promise<ExitCode> {
  const written = await writeText(await openRepository(context.cwd), options);
  context.out(options.json ? `${JSON.stringify(written, null, 2)}\n` : written.text);
  return EXIT.ok;
}
