export type { Instant, Made, OptionalInstant } from "./instant.ts";
export { isUnavailable } from "./is-unavailable.ts";
export { keepPartitions, type PartitionPlan } from "./keep-partitions.ts";
export { type Listener, listen } from "./listen.ts";
export { type DatabaseFacts, lookAtDatabase } from "./look-at-database.ts";
export { type Migration, migrate } from "./migrate.ts";
export { type Database, type DatabaseOptions, openDatabase } from "./open-database.ts";
export type { Writer } from "./open-writer.ts";
export type { Transaction } from "./transactions.ts";
