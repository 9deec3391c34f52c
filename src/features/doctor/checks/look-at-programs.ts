import { lstatSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { type Finding, fail, ok } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";

/** Where a program would be found: as the system looks for it, without starting it. Null when nowhere. */
export function findProgram(program: string, worktree: string, path: string): string | null {
  const folders = program.includes("/") ? [worktree] : path.split(delimiter).filter(Boolean);
  const places = folders.map((folder) =>
    program.includes("/") ? resolve(folder, program) : join(folder, program),
  );
  return places.find((each) => lstatSync(each, { throwIfNoEntry: false }) !== undefined) ?? null;
}

/** The programs that the config has run: are they there? */
export async function lookAtPrograms({
  config,
  worktree,
  env,
}: Pick<CheckoutGround, "config" | "worktree" | "env">): Promise<Finding> {
  const programs = [...new Set(config.task.setUp.map(([program = ""]) => program))];
  if (programs.length === 0) return ok("the config names none");
  const found = programs.map((program) => findProgram(program, worktree, env.PATH ?? ""));
  const facts = { programs: Object.fromEntries(programs.map((program, at) => [program, found[at] ?? null])) };
  const missing = programs.filter((_, at) => found[at] === null);
  if (missing.length === 0) return ok(`${programs.join(", ")} of task.setUp`, facts);
  const many = missing.length === 1 ? `${missing[0]} is` : `${missing.join(", ")} are`;
  return fail(
    `${many} not on the PATH`,
    "install what task.setUp of growth-engine.json names, or take it out",
    facts,
  );
}
