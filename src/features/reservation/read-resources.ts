import { Refusal } from "../../platform/errors/index.ts";
import { type GlobForm, readGlob, UnreadableGlob } from "../../platform/globs/index.ts";
import type { Resource, ResourceView } from "./contract.ts";
import type { Covered } from "./rules.ts";

/** One line without blanks at its ends. */
const NAME = /^[^\p{C}\p{Z}]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u;
const MAX_NAME = 128;
/** All braces of one request together: each form is looked up by itself. */
const MAX_FORMS = 256;

function refuse(resource: Pick<Resource, "kind" | "pattern">, why: string): Refusal {
  return new Refusal("RESERVATION_RESOURCE", `the ${resource.kind} "${resource.pattern}" ${why}`, {
    hint: 'such as "src/**", "src/a/*.ts" or "src/{a,b}/x.ts" for files; one line for a name',
  });
}

function formsOf(resource: Resource): GlobForm[] {
  try {
    return readGlob(resource.pattern);
  } catch (error) {
    if (error instanceof UnreadableGlob) throw refuse(resource, error.message);
    throw error;
  }
}

function readResource(given: Resource): Covered {
  const { kind, shared } = given;
  const pattern = given.pattern.normalize("NFC");
  const repository = given.repository ?? null;
  if (kind === "file") return { kind, pattern, shared, repository, forms: formsOf({ ...given, pattern }) };
  if (repository !== null) throw refuse(given, "is of no repository: only files are");
  if (pattern.length > MAX_NAME || !NAME.test(pattern))
    throw refuse(given, `is no name: one line of at most ${MAX_NAME} characters`);
  return { kind, pattern, shared, repository, forms: [] };
}

/**
 * What a request is about, each thing once. The case of a path matters, as it does to git; letters that can be written
 * in two ways are taken as one (NFC).
 * @throws Refusal RESERVATION_RESOURCE
 */
export function readResources(given: readonly Resource[]): Covered[] {
  const all = given.map(readResource);
  const forms = all.reduce((sum, one) => sum + one.forms.length, 0);
  const [first] = given;
  if (forms > MAX_FORMS && first) throw refuse(first, `and the others stand for over ${MAX_FORMS} globs`);
  const byText = new Map(all.map((one) => [JSON.stringify(viewResource(one)), one]));
  return [...byText.values()];
}

/** A resource as it crosses the wire. */
export function viewResource({ kind, pattern, repository, shared }: Covered): ResourceView {
  return { kind, pattern, repository, shared };
}
