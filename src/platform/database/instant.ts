import type { ColumnType, Generated } from "kysely";

/** A time: written as RFC 3339, read as milliseconds since 1970. */
export type Instant = ColumnType<number, string, string>;
/** A time that may be absent. */
export type OptionalInstant = ColumnType<number | null, string | null, string | null>;
/** What the database makes when it is not given. */
export type Made<T> = Generated<T>;
