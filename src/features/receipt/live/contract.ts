import { z } from "zod";
import { endpoint, name, text } from "../../../platform/endpoint/index.ts";

const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;
const BRINGERS = ["admin", "manager", "agent"] as const;
const HEX = 64;
const MAX_FILES = 500;
const MAX_SUMS = 5_000;

const repository = text(200).meta({ description: "The fleet's name of the repository, such as org/shop." });
const sum = z
  .string()
  .length(HEX)
  .regex(/^[0-9a-f]+$/)
  .meta({ description: "SHA-256 of the line without its end, hexadecimal." });
const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const Checkpoint = z.object({
  origin: z.string(),
  size: z.int(),
  root: z.string().meta({ description: "Base64." }),
  checkpoint: z.string().meta({ description: "The signed note (C2SP tlog-checkpoint)." }),
});
export type Checkpoint = z.output<typeof Checkpoint>;

export const showKey = endpoint({
  name: "receipt_key",
  method: "GET",
  path: "/api/v1/receipt/key",
  says: "The public key that signs the fleet's log: what belongs into receipts.keys of growth-engine.json, and the same in PEM.",
  roles: EVERYBODY,
  answer: z.object({
    origin: z.string().meta({ description: "Names the log." }),
    key: z.string().meta({ description: "A vkey (C2SP signed-note)." }),
    public_key: z.string().meta({ description: "PEM." }),
  }),
});

export const showCheckpoint = endpoint({
  name: "receipt_checkpoint",
  method: "GET",
  path: "/api/v1/receipt/checkpoint",
  says: "A signed checkpoint of the fleet's log of received evidence lines, as it is or as it was at an earlier size.",
  roles: EVERYBODY,
  query: z.strictObject({
    size: size.optional().meta({ description: "How many leaves it had; left out: as it is now." }),
  }),
  answer: Checkpoint,
});

export const proveConsistency = endpoint({
  name: "receipt_consistency",
  method: "GET",
  path: "/api/v1/receipt/consistency",
  says: "Proves that the log of one size is the beginning of the log of another (RFC 6962 2.1.2): nothing of it was taken out or changed.",
  roles: EVERYBODY,
  query: z.strictObject({
    from: size.meta({ description: "The earlier size." }),
    to: size.optional().meta({ description: "The later size; left out: as it is now." }),
  }),
  answer: Checkpoint.extend({
    from: z.int(),
    proof: z.array(z.string()).meta({ description: "Hashes in base64." }),
  }),
});

export const proveLine = endpoint({
  name: "receipt_prove",
  method: "GET",
  path: "/api/v1/receipt/proof",
  says: "Proves that the log holds an evidence line, in the form of C2SP tlog-proof, and says when it was received.",
  roles: EVERYBODY,
  query: z.strictObject({
    repository,
    agent: name(64).meta({ description: "Whose folder the line lies in." }),
    day: text(10).meta({ description: "YYYY-MM-DD of the folder." }),
    sum,
  }),
  answer: z.object({
    index: z.int().meta({ description: "Of the leaf, from 0." }),
    received: z.string().meta({ description: "RFC 3339, by the server's clock." }),
    leaf: z.string().meta({ description: "The data of the leaf." }),
    proof: z.string().meta({ description: "C2SP tlog-proof: index, audit path, checkpoint." }),
  }),
});

export const Receipt = z.object({
  file: z.string().meta({ description: "The receipts file that the line belongs into." }),
  line: z.string().meta({ description: "The whole line, without its end." }),
});
export type Receipt = z.output<typeof Receipt>;

export const issueReceipts = endpoint({
  name: "receipt_issue",
  method: "POST",
  path: "/api/v1/receipt",
  says: "Receipts for evidence lines that were brought or told. Append each answered line to its file in the checkout: guards and auditors verify it offline.",
  roles: BRINGERS,
  reads: true,
  body: z.strictObject({
    repository,
    files: z
      .array(
        z.strictObject({
          file: text(1_024).meta({ description: "The evidence file, from the top of the repository." }),
          sums: z.array(sum).min(1).max(MAX_SUMS),
        }),
      )
      .min(1)
      .max(MAX_FILES),
    into: name(64).default("told").meta({ description: "Part of the names of the receipts files." }),
  }),
  answer: z.object({
    receipts: z.array(Receipt),
    lines: z.int().meta({ description: "For how many lines these are." }),
  }),
});
