import { matchPaths } from "../../../platform/globs/index.ts";
import { KNOWN_DOCUMENTATION } from "./known-documentation.ts";
import { plainName } from "./reference-words.ts";

const KNOWN = Object.entries(KNOWN_DOCUMENTATION).map(([glob, words]) => ({
  isMeant: matchPaths([glob]),
  words,
}));
/** Names that many projects have: alone they say nothing. */
const COMMON =
  /^(api|app|auth|cli|client|common|config|core|data|dev|docs|help|http|index|lib|main|node|server|shared|site|store|support|test|types|ui|utils|web)$/;

/** `@types/react` holds nothing to read about but `react`; `@types/babel__core` is of a scope. */
export function documentedPackage(name: string): string {
  const [, typed] = /^@types\/(.+)$/.exec(name) ?? [];
  if (typed === undefined) return name;
  const [scope, inner] = typed.split("__");
  return inner === undefined ? typed : `@${scope}/${inner}`;
}

/** A name of its own stands for a site or a project; of a scoped package the scope does, or a name of several words. */
function ownWords(name: string): string[] {
  const [, scope, inner] = /^@([^/]+)\/(.+)$/.exec(name) ?? [];
  if (scope === undefined || inner === undefined) {
    const plain = plainName(name);
    return COMMON.test(plain) ? [] : [`host:${plain}`, `host:${name}`, `name:${plain}`];
  }
  const org = COMMON.test(scope) ? [] : [`host:${plainName(scope)}`, `org:${scope}`];
  return inner.includes("-") ? [...org, `name:${plainName(inner)}`] : org;
}

/** The words of {@link referenceWords} of which any one says that documentation of this package was read. */
export function packageWords(name: string): string[] {
  const documented = documentedPackage(name.toLowerCase());
  const known = KNOWN.filter(({ isMeant }) => isMeant(documented)).flatMap(({ words }) => words);
  return [
    ...new Set([`package:${documented}`, `package:${name.toLowerCase()}`, ...ownWords(documented), ...known]),
  ];
}
