import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";

/** What `--format` takes. */
export const FORMATS = ["text", "json", "sarif", "junit", "github", "markdown"] as const;
/** What a verdict is rendered as. */
export type Format = (typeof FORMATS)[number];

/**
 * The format of this name.
 * @throws Refusal USAGE that names the nearest format
 */
export function parseFormat(name: string): Format {
  const format = FORMATS.find((known) => known === name);
  if (format) return format;
  const near = nearestOf(name, FORMATS);
  const hint = near === null ? `use one of ${FORMATS.join(", ")}` : `did you mean "--format ${near}"?`;
  throw new Refusal("USAGE", `unknown format "${name}"`, { hint });
}
