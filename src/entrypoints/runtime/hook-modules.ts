import module from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ModuleBan } from "../../features/ban/index.ts";
import { type Answer, type Mode, refuseModule } from "./refuse-module.ts";

/** Where a module was found. */
interface Resolved {
  url: string;
}
interface Context {
  parentURL?: string | undefined;
}

/** Asks by the specifier, which costs nothing; and by the file, which an alias cannot disguise. */
export function judgeSpecifier(
  ban: ModuleBan,
  answer: Answer,
  specifier: string,
  { parentURL }: Context,
): boolean {
  const name = ban.banned.match(specifier);
  if (name !== null) refuseModule(answer, { package: name, specifier, importer: parentURL ?? null });
  return name !== null;
}

/** Judges where a specifier led: file addresses and paths; built-ins and others are none of ours. */
export function judgeFile(
  ban: ModuleBan,
  answer: Answer,
  specifier: string,
  found: { url: string } & Context,
): void {
  if (!found.url.startsWith("file:")) return;
  const name = ban.ofFile(fileURLToPath(found.url));
  if (name !== null) refuseModule(answer, { package: name, specifier, importer: found.parentURL ?? null });
}

type ResolveHook = (
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => Resolved,
) => Resolved;

/** Node 22.15 and 23.5 on: one hook in this thread sees `import`, `import()` and `require`. */
type RegisterHooks = (hooks: { resolve: ResolveHook }) => void;

interface LegacyModule {
  _resolveFilename(request: string, parent?: { filename?: string | null }, ...rest: unknown[]): string;
}

/** Before that, `require` is resolved here, by the function that Node lets everybody replace. */
function hookRequire(ban: ModuleBan, answer: Answer): void {
  const legacy = module as unknown as LegacyModule;
  const resolveFilename = legacy._resolveFilename;
  legacy._resolveFilename = function (request, parent, ...rest) {
    // Without a parent it is the loader thread's answer that is carried out: it was judged there.
    if (!parent?.filename) return resolveFilename.call(this, request, parent, ...rest);
    const context = { parentURL: pathToFileURL(parent.filename).href };
    if (judgeSpecifier(ban, answer, request, context))
      return resolveFilename.call(this, request, parent, ...rest);
    const file = resolveFilename.call(this, request, parent, ...rest);
    if (!module.isBuiltin(file))
      judgeFile(ban, answer, request, { url: pathToFileURL(file).href, ...context });
    return file;
  };
}

/** What the hook in Node's loader thread is given. */
export interface LoaderData {
  packages: readonly string[];
  mode: Mode;
}

/** Puts the ban between this process and every module that it loads from now on. */
export function hookModules(ban: ModuleBan, answer: Answer, data: LoaderData): void {
  const { registerHooks } = module as unknown as { registerHooks?: RegisterHooks };
  if (registerHooks === undefined) {
    hookRequire(ban, answer);
    module.register(pathToFileURL(`${__dirname}/runtime-loader.mjs`), { data });
    return;
  }
  registerHooks({
    resolve(specifier, context, next) {
      if (judgeSpecifier(ban, answer, specifier, context)) return next(specifier, context);
      const found = next(specifier, context);
      judgeFile(ban, answer, specifier, { url: found.url, parentURL: context.parentURL });
      return found;
    },
  });
}
