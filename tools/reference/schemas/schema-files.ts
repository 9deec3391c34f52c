import type { Pages } from "../page.ts";
import { evidenceSchema, heartbeatSchema } from "./record-schemas.ts";
import { verdictSchema } from "./verdict-schema.ts";

/** The published schemas of records and verdicts; the config's is made from its table of keys. */
export function schemaFiles(): Pages {
  const files = {
    "schema/evidence.schema.json": evidenceSchema(),
    "schema/heartbeat.schema.json": heartbeatSchema(),
    "schema/verdict.schema.json": verdictSchema(),
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, schema]) => [path, `${JSON.stringify(schema, null, 2)}\n`]),
  );
}
