import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "./temporary-repository.ts";

/** A small application that npm installs. */
export const NPM_FILES = {
  "package.json": '{ "name": "shop" }\n',
  "package-lock.json": "{}\n",
  "src/cart.ts": "export const cart = [];\n",
  "scripts/docs.ts": 'import "context7-mcp";\n',
};

/** What `init --json` prints. */
export interface InitReport {
  found: {
    forges: { forge: string }[];
    production: string[];
    agents: { agent: string }[];
    hasCommits: boolean;
  };
  files: { path: string; action: string; diff?: string[] }[];
  notes: { says: string; text?: string }[];
  done: boolean;
  verdict: { verdict: string } | null;
  next: { command: string }[];
}

export function readText(repository: TemporaryRepository, path: string): string {
  return readFileSync(join(repository.folder, path), "utf8");
}

/** A repository with these files that was cloned from somewhere; nobody goes there. */
export function clonedFrom(address: string, files: Record<string, string>): TemporaryRepository {
  const repository = temporaryRepository(files);
  repository.git("remote", "add", "origin", address);
  return repository;
}

export function onGithub(files: Record<string, string> = NPM_FILES): TemporaryRepository {
  return clonedFrom("https://github.com/acme/shop.git", files);
}

/** Paths of a repository's working tree that git sees as changed or new, with its marks. */
export function changesIn(repository: TemporaryRepository): string[] {
  return repository.git("status", "--porcelain").split("\n").filter(Boolean);
}

/** Runs `init --yes`, which must do well, and returns what it printed. */
export async function adopt(repository: TemporaryRepository, ...words: string[]): Promise<string> {
  const answer = await repository.runCli(["init", "--yes", ...words]);
  expect(answer.err).toBe("");
  expect(answer.code).toBe(0);
  return answer.out;
}

/** What `init` would do. */
export async function planFor(repository: TemporaryRepository, ...words: string[]): Promise<InitReport> {
  const answer = await repository.runCli(["init", "--dry-run", "--json", ...words]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  return JSON.parse(answer.out);
}
