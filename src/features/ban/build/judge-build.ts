import type { Finding } from "../../../vocabulary/finding.ts";
import { mendImport } from "../mend-import.ts";

/** A banned package in a build, with the way it took. */
export interface BuildFact {
  package: string;
  /** The importing statements from an entry on, with `/` from the root of the build; empty when nothing imports it. */
  steps: { file: string; line: number | null }[];
  /** What the output holds: the module of the package, or what is left to be loaded when it runs. */
  target: string;
  isExternal: boolean;
}

/** A page that loads a script is where a build begins, not a link that anybody would cut. */
const PAGE = /\.html?$/i;

function placeOf({ file, line }: BuildFact["steps"][number]): string {
  return line === null ? file : `${file}:${line}`;
}

function messageOf({ steps, package: name, target, isExternal }: BuildFact): string {
  const what = isExternal ? `loads ${name} when it runs (as "${target}")` : `holds ${name}`;
  const last = steps.at(-1);
  if (last === undefined) return `the build ${what}: ${target}`;
  const who =
    steps.length === 1 ? `${last.file} is production and` : `production reaches ${last.file}, which`;
  return `the build ${what}: ${who} imports it`;
}

/** What the facts of a build mean: one finding for each module that imports a banned package. */
export function judgeBuild(facts: readonly BuildFact[]): Finding[] {
  return facts.map((fact): Finding => {
    const [first] = fact.steps;
    const [link, ...rest] = fact.steps.filter(({ file }) => !PAGE.test(file));
    const message = messageOf(fact);
    if (first === undefined) {
      return { rule: "ban/bundle", message, hint: `keep ${fact.package} out of the entries of the build` };
    }
    return {
      rule: "ban/bundle",
      message,
      file: first.file,
      ...(first.line === null ? {} : { line: first.line }),
      chain: [...fact.steps.map(placeOf), fact.package],
      hint: mendImport(link === undefined || rest.length === 0 ? null : placeOf(link)),
    };
  });
}
