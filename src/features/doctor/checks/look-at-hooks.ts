import { accessSync, constants, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";
import { type HooksFacts, judgeHooks } from "./judge-hooks.ts";
import { readText } from "./read-text.ts";

const OURS = /growth-engine/;
const RUNNERS = [
  "lefthook.yml",
  ".lefthook.yml",
  "lefthook.yaml",
  ".lefthook.yaml",
  "lefthook.toml",
  ".husky/pre-push",
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function prePushIn(folder: string): HooksFacts["prePush"] {
  const text = readText(folder, "pre-push");
  return text === null
    ? null
    : { isExecutable: isExecutable(join(folder, "pre-push")), callsUs: OURS.test(text) };
}

export async function lookAtHooks({
  repository,
  worktree,
}: Pick<CheckoutGround, "repository" | "worktree">): Promise<Finding> {
  const ask = async (words: string[]) =>
    (await repository.git(words, { accept: [0, 1] })).stdout.toString().replace(/\r?\n$/, "");
  const [hooksPath, path] = await Promise.all([
    ask(["config", "--get", "core.hooksPath"]),
    ask(["rev-parse", "--git-path", "hooks"]),
  ]);
  const folder = resolve(worktree, path);
  return judgeHooks({
    hooksPath: hooksPath || null,
    folder,
    isFolder: statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true,
    prePush: prePushIn(folder),
    runner: RUNNERS.find((file) => OURS.test(readText(worktree, file) ?? "")) ?? null,
  });
}
