import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";
import { judgeCi } from "./judge-ci.ts";
import { readText } from "./read-text.ts";

const FOLDERS = [".github/workflows", ".gitlab", ".circleci", ".buildkite", ".woodpecker"];
const FILES = [
  ".gitlab-ci.yml",
  "azure-pipelines.yml",
  "bitbucket-pipelines.yml",
  ".travis.yml",
  "Jenkinsfile",
];
const MAX_FILES = 500;

function filesIn(worktree: string, folder: string): string[] {
  try {
    const names = readdirSync(join(worktree, folder)).filter((name) => /\.ya?ml$/.test(name));
    return names
      .sort()
      .slice(0, MAX_FILES)
      .map((name) => `${folder}/${name}`);
  } catch {
    // No such folder: that CI system is not used.
    return [];
  }
}

export async function lookAtCi({ worktree }: Pick<CheckoutGround, "worktree">): Promise<Finding> {
  const paths = [...FOLDERS.flatMap((folder) => filesIn(worktree, folder)), ...FILES];
  const files = paths.flatMap((path) => {
    const text = readText(worktree, path);
    return text === null ? [] : [{ path, text }];
  });
  return judgeCi(files);
}
