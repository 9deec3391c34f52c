import type { z } from "zod";
import { Refusal } from "../errors/index.ts";

/** As many mistakes as a person mends at once. */
const SHOWN = 5;

function sentence({ path, message }: z.core.$ZodIssue, where: string): string {
  const at = path.length === 0 ? where : `${where} ${path.map(String).join(".")}`;
  return `${at}: ${message}`;
}

/** Checks one part of a request. @throws Refusal INPUT_INVALID that names each place. */
export function checkInput<T extends z.ZodType>(
  schema: T | undefined,
  where: string,
  value: unknown,
): z.output<T> {
  if (schema === undefined) return undefined as z.output<T>;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, SHOWN).map((issue) => sentence(issue, where));
  throw new Refusal("INPUT_INVALID", issues.join("; "));
}
