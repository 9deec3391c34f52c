import { realpathSync } from "node:fs";
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

const own = machineNode();

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...LIMITS,
          name: "unit",
          include: ["src/**/*.test.ts", "tools/**/*.test.ts", "test/{architecture,ban}/**/*.test.ts"],
        },
      },
      {
        test: {
          ...BUILT,
          name: "built",
          include: ["test/{journeys,startup,harness,bundler}/**/*.test.ts"],
        },
      },
      ...(own === null
        ? []
        : [
            {
              test: {
                ...BUILT,
                name: "machine-node",
                include: ["test/journeys/**/*.test.ts"],
                env: { GROWTH_ENGINE_TEST_NODE: own },
              },
            },
          ]),
    ],
  },
});
