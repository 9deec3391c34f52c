import { defineConfig } from "vitest/config";

/** Journeys run the built command line, so the set-up builds it once before any test. */
export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"],
    exclude: ["test/architecture/faults/**"],
    globalSetup: ["test/harness/build-once.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
  },
});
