/**
 * How long lines of record files are kept by the control plane, counted from the date of their folder: two years, which
 * outlasts an audit. The files themselves are nobody's business but the repository's.
 */
export const KEEP_RECORDS_DAYS = 730;
