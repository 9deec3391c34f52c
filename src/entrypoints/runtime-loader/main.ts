import { type ModuleBan, moduleBan } from "../../features/ban/index.ts";
import { judgeFile, judgeSpecifier, type LoaderData } from "../runtime/hook-modules.ts";
import { type Answer, answerIn } from "../runtime/refuse-module.ts";

interface Context {
  parentURL?: string | undefined;
}
type Resolved = { url: string };

let ban: ModuleBan | undefined;
let answer: Answer | undefined;

/** Called once in Node's loader thread, where Node before 22.15 resolves `import`. */
export function initialize({ packages, mode }: LoaderData): void {
  ban = moduleBan(packages);
  answer = answerIn(mode);
}

/** Node's own hook of that name (https://nodejs.org/docs/latest-v20.x/api/module.html#resolvespecifier-context-nextresolve). */
export async function resolve(
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => Promise<Resolved>,
): Promise<Resolved> {
  if (ban === undefined || answer === undefined) return next(specifier, context);
  const isNamed = judgeSpecifier(ban, answer, specifier, context);
  const found = await next(specifier, context);
  if (!isNamed) judgeFile(ban, answer, specifier, { url: found.url, parentURL: context.parentURL });
  return found;
}
