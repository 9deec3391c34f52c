import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../../../platform/errors/index.ts";
import { fetchObjects, openMirror, type Repository } from "../../../../platform/git/index.ts";
import type { PublishedVerdict } from "../../../guard/live/index.ts";
import { findPlace } from "./find-place.ts";
import type { DueFork } from "./fork-store.ts";

/** What the guards are asked: commits of a mirror, with text and author as the forge told them. */
export interface ForkQuestion {
  /** Folder of a bare repository. */
  folder: string;
  base: string;
  head: string;
  text: string;
  actor: string | null;
}

/** Runs the guards over commits, as `guard all` does. Given by the package that has them. */
export type JudgeFork = (question: ForkQuestion) => Promise<PublishedVerdict>;

export interface ForkSource {
  /** The one forge that is read, such as `https://github.com`. */
  forge: string;
  /** Reads a private one; sent there and nowhere else. */
  token: string | null;
  /** Where mirrors are kept. */
  folder: string;
  judge: JudgeFork;
}

const HEAD = "refs/growth-engine/head";
const TARGET = "refs/growth-engine/target";
/** KiB of objects of one mirror. What grew larger is thrown away, since nothing else ends a fork's generosity. */
const MAX_KIB = 4 << 20;

async function refuseSize(mirror: Repository): Promise<void> {
  const counted = (await mirror.git(["count-objects", "-v"])).stdout.toString();
  const kib = ["size", "size-pack"].map((name) =>
    Number(new RegExp(`^${name}: (\\d+)$`, "m").exec(counted)?.[1] ?? 0),
  );
  if (kib.reduce((sum, one) => sum + one, 0) <= MAX_KIB) return;
  await rm(mirror.folder, { recursive: true, force: true });
  throw new Error(`its objects are over ${MAX_KIB >> 20} GiB`);
}

async function commitOf(mirror: Repository, name: string): Promise<string | null> {
  const { status, stdout } = await mirror.git(
    ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`],
    {
      accept: [0, 1, 128],
    },
  );
  return status === 0 ? stdout.toString().trim() : null;
}

/** Fetches as objects what the forge says is the head; nothing of it is checked out, installed or run. */
async function fetchFork(fork: DueFork, source: ForkSource): Promise<ForkQuestion> {
  const place = findPlace(fork.url, source.forge);
  if (place === null) throw new Error(`it is not on ${source.forge}`);
  const folder = join(
    source.folder,
    createHash("sha256").update(`${fork.fleet_id} ${place.clone}`).digest("hex"),
  );
  const mirror = await openMirror(folder);
  await fetchObjects(mirror, { server: source.forge, url: place.clone, token: source.token }, [
    { what: place.ref, as: HEAD },
    { what: `refs/heads/${fork.base_ref}`, as: TARGET },
  ]);
  await refuseSize(mirror);
  const [head, base] = [await commitOf(mirror, fork.head), await commitOf(mirror, TARGET)];
  if (head === null) throw new Error("its head is not there any more, or not yet");
  if (base === null) throw new Error(`${fork.base_ref} is not there`);
  return { folder, head, base, text: fork.body, actor: fork.author || null };
}

/** The verdict over a fork's pull request, or why there is none. */
export async function readFork(
  fork: DueFork,
  source: ForkSource,
): Promise<{ verdict: PublishedVerdict } | { why: string }> {
  try {
    return { verdict: await source.judge(await fetchFork(fork, source)) };
  } catch (error) {
    return { why: messageOf(error).slice(0, 1_000) };
  }
}
