import { isFault, messageOf } from "../../platform/errors/index.ts";
import type { Repository } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import { VERDICT_SCHEMA, type VerdictReport } from "../verdict/index.ts";
import { type AskedGuards, guardsOf } from "./asked-guards.ts";
import { type Facts, gatherFacts } from "./gather-facts.ts";
import { errorVerdict, judgeGuards } from "./judge-guards.ts";
import type { Subject } from "./subject.ts";

/** A verdict with what decided it; no facts where the range itself could not be read. */
export interface Judgement {
  report: VerdictReport;
  facts: Facts | null;
  config: Config | null;
}

/**
 * Gathers facts and judges them. A broken world is the verdict `error`, so that a check always answers.
 * @throws Refusal for a wrong question: unknown revision, broken config
 */
export async function judgeRange(
  repository: Repository,
  subject: Subject,
  asked: AskedGuards,
): Promise<Judgement> {
  try {
    const { facts, config, guards } = await gatherFacts(repository, subject, asked);
    return { report: judgeGuards(facts, config, guards), facts, config };
  } catch (error) {
    if (!isFault(error)) throw error;
    const unknown = { unknown: messageOf(error), hint: error.hint };
    const report: VerdictReport = {
      schema: VERDICT_SCHEMA,
      verdict: "error",
      base: null,
      head: subject.head,
      rules: null,
      guards: guardsOf(asked, null).map((guard) => errorVerdict(guard, unknown)),
    };
    return { report, facts: null, config: null };
  }
}
