import { z } from "zod";
import { endpoint, optionalPage, page, text } from "../../platform/endpoint/index.ts";

const BRINGERS = ["admin", "manager", "agent"] as const;
const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;
const MAX_BYTES = 8 << 20;
const HEX = 64;

const repository = text(200).meta({ description: "The fleet's name of the repository, such as org/shop." });
const checkout = text(100).meta({ description: "Names the working tree; chosen by who brings." });
const file = text(1_024).meta({ description: "Path from the top of the repository." });
const sum = z
  .string()
  .length(HEX)
  .regex(/^[0-9a-f]+$/)
  .meta({ description: "SHA-256, hexadecimal." });
const branch = text(250).nullable().meta({ description: "Null when none is checked out." });
const head = text(64).nullable().meta({ description: "The commit; null before the first." });
const count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);
const bytes = z.int().min(0);

export const openCheckout = endpoint({
  name: "sync_open",
  method: "POST",
  path: "/api/v1/sync",
  says: "Begins to bring the records of a checkout. A repository that the fleet does not have yet is added when a manager begins.",
  roles: BRINGERS,
  plumbing: true,
  body: z.strictObject({ repository, checkout, url: z.url().max(1_000).optional() }),
  answer: z.object({
    repository: z.string(),
    checkout: z.string(),
    branch: z.string().nullable().meta({ description: "What was checked out at the last sync." }),
    head: z.string().nullable(),
    synced_at: z.string().nullable(),
  }),
});

export const SyncedFile = z.object({
  file: z.string(),
  bytes: z.int(),
  lines: z.int(),
  sum: z.string().meta({ description: "Of these bytes: SHA-256, hexadecimal." }),
  stamp: z.string(),
});
export type SyncedFile = z.output<typeof SyncedFile>;

export const listFiles = endpoint({
  name: "sync_files",
  method: "GET",
  path: "/api/v1/sync/file",
  says: "How much of each file of a checkout is here.",
  roles: EVERYBODY,
  plumbing: true,
  query: z.strictObject({ ...optionalPage, repository, checkout, file: file.optional() }),
  answer: page(SyncedFile),
});

export const listSums = endpoint({
  name: "sync_sums",
  method: "GET",
  path: "/api/v1/sync/sum",
  says: "The sums of the lines of a checkout's file that are here, in order: what tells from which line on it was rewritten.",
  roles: EVERYBODY,
  plumbing: true,
  query: z.strictObject({ repository, checkout, file }),
  answer: z.object({
    lines: z.int(),
    sums: z.string().meta({ description: "32 bytes a line, in base64." }),
  }),
});

/** What stands before the lines of a file: the file, what they follow, and how many they are. */
export const Segment = z.strictObject({
  file,
  after: z.strictObject({ lines: count, sum }),
  lines: count,
  to: z.strictObject({ bytes, sum, stamp: text(200) }),
});
export type Segment = z.output<typeof Segment>;

export const BrokenLine = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  rule: z.string().meta({ description: "The rule that it breaks, as `evidence verify` names it." }),
  message: z.string(),
});
export type BrokenLine = z.output<typeof BrokenLine>;

export const Taken = z.object({
  received: z.int().meta({ description: "Lines that are new to the control plane." }),
  returned: z.int().meta({ description: "Lines that no checkout had held any more." }),
  known: z.int().meta({ description: "Lines that were here: another checkout brought them." }),
  redacted: z.int().meta({ description: "Lines of which a secret was taken out." }),
  old: z.int().meta({ description: "Lines that are older than lines are kept." }),
  stale: z.array(z.string()).meta({ description: "Files of which something else is here by now." }),
  broken: z.array(BrokenLine),
});
export type Taken = z.output<typeof Taken>;

export const takeLines = endpoint({
  name: "sync_lines",
  method: "POST",
  path: "/api/v1/sync/lines",
  says: "Takes lines of record files. For each file a line of JSON that says what follows, then the lines as they stand in it.",
  roles: BRINGERS,
  plumbing: true,
  query: z.strictObject({ repository, checkout }),
  lines: true,
  maxBytes: MAX_BYTES,
  answer: Taken,
});

export const rewind = endpoint({
  name: "sync_rewind",
  method: "POST",
  path: "/api/v1/sync/rewind",
  says: "Says that a file of a checkout is not what was brought any more: keeps what it begins with, gives up the rest and remembers it.",
  roles: BRINGERS,
  plumbing: true,
  body: z.strictObject({
    repository,
    checkout,
    file,
    after: z.strictObject({ lines: count, sum }),
    keep: z.strictObject({ lines: count, bytes, sum }),
    now: z.strictObject({ lines: count, sum, what: z.enum(["rewritten", "shortened", "deleted", "same"]) }),
    branch,
    head,
  }),
  answer: z.object({
    stale: z.boolean().meta({ description: "Something else is here by now; nothing was done." }),
    remembered: z.boolean().meta({
      description: "False where another branch is checked out now: its file never held these lines.",
    }),
    gone: z.int().meta({ description: "Lines that no checkout holds any more." }),
  }),
});

export const finishCheckout = endpoint({
  name: "sync_finish",
  method: "POST",
  path: "/api/v1/sync/finish",
  says: "Says that all of a checkout was brought, and what was checked out.",
  roles: BRINGERS,
  plumbing: true,
  body: z.strictObject({ repository, checkout, branch, head }),
  answer: z.object({ synced_at: z.string() }),
});

export const Checkout = z.object({
  repository: z.string(),
  checkout: z.string(),
  branch: z.string().nullable(),
  head: z.string().nullable(),
  synced_at: z.string().nullable(),
  brought_by: z.string(),
  files: z.int(),
  lines: z.int(),
  broken: z.int(),
});
export type Checkout = z.output<typeof Checkout>;

export const listCheckouts = endpoint({
  name: "sync_status",
  method: "GET",
  path: "/api/v1/sync",
  says: "The checkouts whose records are brought, when each was brought last, and how much of it is here.",
  roles: EVERYBODY,
  query: z.strictObject({ repository: repository.optional() }),
  answer: z.object({ items: z.array(Checkout) }),
});

export const Rewrite = z.object({
  rewrite: z.int(),
  repository: z.string(),
  checkout: z.string(),
  file: z.string(),
  what: z.enum(["rewritten", "shortened", "deleted"]),
  from_line: z.int(),
  lines_before: z.int(),
  lines_after: z.int(),
  sum_before: z.string(),
  sum_after: z.string(),
  gone: z.int(),
  branch: z.string().nullable(),
  head: z.string().nullable(),
  found_at: z.string(),
  brought_by: z.string(),
});
export type Rewrite = z.output<typeof Rewrite>;

export const listRewrites = endpoint({
  name: "sync_rewrites",
  method: "GET",
  path: "/api/v1/sync/rewrite",
  says: "Record files that were found to hold something else than was brought before, newest first.",
  roles: EVERYBODY,
  query: z.strictObject({ ...optionalPage, repository: repository.optional() }),
  answer: page(Rewrite),
});

export const listBroken = endpoint({
  name: "sync_broken",
  method: "GET",
  path: "/api/v1/sync/broken",
  says: "Lines of record files that could not be taken, with line, column and reason.",
  roles: EVERYBODY,
  query: z.strictObject({ ...optionalPage, repository: repository.optional() }),
  answer: page(BrokenLine.extend({ repository: z.string(), checkout: z.string() })),
});
