import type { Instant, Made, OptionalInstant } from "../database/index.ts";

export type JobTables = {
  platform_jobs: {
    name: string;
    ran_at: Instant;
    took_ms: Made<number>;
    failures: Made<number>;
    failed_at: OptionalInstant;
    failure: string | null;
  };
};
