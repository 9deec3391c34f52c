import { join } from "node:path";

/** The built command line: in `dist/`, unless `GROWTH_ENGINE_TEST_DIST` names another folder. */
export function cliFile(): string {
  return join(process.env.GROWTH_ENGINE_TEST_DIST || join(import.meta.dirname, "../../dist"), "cli.cjs");
}
