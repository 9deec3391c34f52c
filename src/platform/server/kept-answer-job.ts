import { sql } from "kysely";
import { utcTimestamp } from "../clock/index.ts";
import type { Job } from "../jobs/index.ts";
import type { AnswersTable } from "./kept-answer.ts";

/** A caller that did not hear an answer asks again within seconds; a day covers one that was away for the night. */
const KEPT_MS = 24 * 3_600_000;
const EVERY_MS = 600_000;

/** Forgets answers that nobody asks for any more. */
export const KEPT_ANSWER_JOB: Job = {
  name: "platform_forget_answers",
  every: EVERY_MS,
  run: async (transaction, now) => {
    await transaction
      .withTables<AnswersTable>()
      .deleteFrom("platform_answers")
      .where(sql<boolean>`answered_at < ${utcTimestamp(now - KEPT_MS)}::timestamptz`)
      .execute();
  },
};
