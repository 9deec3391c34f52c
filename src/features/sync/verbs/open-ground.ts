import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { Fault, Refusal } from "../../../platform/errors/index.ts";
import {
  gitDirectory,
  openRepository,
  type Repository,
  sharedGitDirectory,
} from "../../../platform/git/index.ts";

/** A working tree whose records are brought, and how it is called. */
export interface Ground {
  repository: Repository;
  root: string;
  /** The fleet's name of the repository. */
  name: string;
  /** Where it can be cloned from, without what opens doors. */
  url: string | null;
  checkout: string;
}

/** What is checked out. */
export interface Position {
  branch: string | null;
  head: string | null;
}

const MAX_NAME = 200;
const CHECKOUT_SUM = 12;
const MAX_FOLDER = 60;
const SCP = /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/;

async function ask(repository: Repository, args: readonly string[]): Promise<string | null> {
  const { status, stdout } = await repository.git(args, { accept: [0, 1, 128] });
  const text = stdout.toString().trim();
  return status === 0 && text !== "" ? text : null;
}

/** `org/shop` of an address; null of a path on this machine. */
export function nameOfAddress(address: string): string | null {
  const path = URL.canParse(address) ? new URL(address).pathname : SCP.exec(address)?.[2];
  if (path === undefined || address.startsWith("file:")) return null;
  const parts = path.split("/").filter((part) => part !== "");
  const name = parts
    .slice(-2)
    .join("/")
    .replace(/\.git$/, "");
  return name === "" || name.length > MAX_NAME ? null : name;
}

/** The address without user, password and query; null of what is none. */
export function plainAddress(address: string): string | null {
  if (!/^(https?|ssh|git):\/\//.test(address) || !URL.canParse(address)) return null;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** The folder that all working trees of the repository have in common names it where nobody else does. */
function folderName(repository: Repository, root: string): string {
  const shared = sharedGitDirectory(repository) ?? join(root, ".git");
  return basename(basename(shared) === ".git" ? dirname(shared) : shared).replace(/\.git$/, "");
}

function checkoutOf(root: string): string {
  const sum = createHash("sha256")
    .update(JSON.stringify([hostname(), root]))
    .digest("hex");
  return `${basename(root).slice(0, MAX_FOLDER)}-${sum.slice(0, CHECKOUT_SUM)}`;
}

/**
 * Opens the working tree around a folder. Git is read, nothing of the repository is run, and its configuration is
 * asked for an address alone.
 * @throws Refusal USAGE; Fault NOT_A_REPOSITORY
 */
export async function openGround(folder: string, named: string | undefined): Promise<Ground> {
  const repository = await openRepository(folder);
  const root = repository.worktree;
  if (root === null)
    throw new Fault("NOT_A_REPOSITORY", "this repository is bare: its records lie in no working tree", {
      hint: "growth-engine sync in a checkout of it",
    });
  const address = await ask(repository, ["config", "--get", "remote.origin.url"]);
  const name = named ?? (address === null ? null : nameOfAddress(address)) ?? folderName(repository, root);
  if (name === "" || name.length > MAX_NAME)
    throw new Refusal("USAGE", `--name "${name.slice(0, MAX_NAME)}" is no name of a repository`, {
      hint: "--name org/shop",
    });
  const url = address === null ? null : plainAddress(address);
  return { repository, root, name, url, checkout: checkoutOf(root) };
}

/** What is checked out now. */
export async function readPosition({ repository }: Ground): Promise<Position> {
  const [branch, head] = await Promise.all([
    ask(repository, ["symbolic-ref", "--quiet", "--short", "HEAD"]),
    ask(repository, ["rev-parse", "--verify", "--quiet", "HEAD"]),
  ]);
  return { branch, head };
}

/** In the middle of a rebase files are neither what they were nor what they will be. */
export function isRebasing({ root }: Ground): boolean {
  const folder = gitDirectory(root);
  return folder !== null && ["rebase-merge", "rebase-apply"].some((name) => existsSync(join(folder, name)));
}
