import type { Job } from "../../platform/jobs/index.ts";
import { keepEntries } from "./store.ts";

const EVERY_MS = 3_600_000;

/** Scheduled work of the audit. */
export const AUDIT_JOBS: readonly Job[] = [{ name: "audit_keep_entries", every: EVERY_MS, run: keepEntries }];
