import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000, pool: "forks" as const };
/** These run the built command line, so they build it once before the first test. */
const BUILT = { ...LIMITS, globalSetup: ["test/harness/build-once.ts"] };

/**
 * The machine's own Node, which npm runs on. Inside npm scripts `node` is the devDependency of that name,
 * so the journeys run once more, with the command line on what users have.
 */
function machineNode(): string | null {
  const own = process.env.npm_node_execpath;
  return own && realpathSync(own) !== realpathSync(process.execPath) ? own : null;
}

/** GitHub's own packages name source maps that they do not ship; each would be a line of warning. */
const withoutMaps = {
  name: "without-maps",
  enforce: "pre" as const,
  load: (file: string) =>
    /@actions\/.*\.js$/.test(file)
      ? readFileSync(file, "utf8").replace(/^\/\/# sourceMappingURL.*$/m, "")
      : null,
};

/** The build puts schema steps and messages of protocols into the server as text. */
const filesAsText = {
  name: "files-as-text",
  enforce: "pre" as const,
  load: (file: string) =>
    /\.(sql|proto)$/.test(file) ? `export default ${JSON.stringify(readFileSync(file, "utf8"))}` : null,
};

const STEADY_DRAWS = join(import.meta.dirname, "test/harness/steady-draws.ts");

/** In CI, properties draw what that file says. */
const steadyDraws = {
  name: "steady-draws",
  enforce: "pre" as const,
  resolveId: (source: string, importer: string | undefined) =>
    process.env.CI && source === "fast-check" && importer !== STEADY_DRAWS ? STEADY_DRAWS : null,
};

const own = machineNode();

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [withoutMaps, filesAsText, steadyDraws],
        test: {
          ...LIMITS,
          name: "unit",
          // They import JSON without saying so, which only a bundler takes.
          server: { deps: { inline: [/@actions\//] } },
          include: ["src/**/*.test.ts", "tools/**/*.test.ts", "test/{architecture,ban}/**/*.test.ts"],
        },
      },
      {
        plugins: [steadyDraws],
        test: {
          ...BUILT,
          name: "built",
          include: ["test/{journeys,startup,harness,bundler,faults}/**/*.test.ts"],
        },
      },
      {
        plugins: [filesAsText, steadyDraws],
        test: {
          ...LIMITS,
          name: "server",
          globalSetup: ["test/harness/test-database.ts"],
          include: ["test/server/**/*.test.ts"],
        },
      },
      ...(own === null
        ? []
        : [
            {
              plugins: [steadyDraws],
              test: {
                ...BUILT,
                name: "machine-node",
                include: ["test/journeys/**/*.test.ts"],
                // It starts the action hundreds of times; that the action runs on this Node is told by its own journeys.
                exclude: ["test/journeys/ci-simulate.test.ts"],
                env: { GROWTH_ENGINE_TEST_NODE: own },
              },
            },
          ]),
    ],
  },
});
