import { messageOf } from "../../platform/errors/index.ts";
import { type FetchSource, fetchObjects, type Repository, type Wanted } from "../../platform/git/index.ts";
import type { Subject } from "../guard/index.ts";
import type { Learned } from "./learn-pull.ts";
import { missed, saw } from "./note.ts";
import type { Occasion } from "./read-occasion.ts";

const HEAD = "refs/growth-engine/head";
const TARGET = "refs/growth-engine/target";
const BASE = "refs/growth-engine/base";

async function holds(repository: Repository, commit: string): Promise<boolean> {
  const asked = ["cat-file", "-e", "--end-of-options", `${commit}^{commit}`];
  return (await repository.git(asked, { accept: [0, 1, 128] })).status === 0;
}

async function isAncestor(repository: Repository, older: string, newer: string): Promise<boolean> {
  const asked = ["merge-base", "--is-ancestor", older, newer];
  return (await repository.git(asked, { accept: [0, 1] })).status === 0;
}

/** The commits that the event names, where the clone lacks them. */
async function fetchNamed(
  repository: Repository,
  { base, head }: Subject,
  source: FetchSource,
): Promise<void> {
  const named: Wanted[] = [{ what: head, as: HEAD }, ...(base === null ? [] : [{ what: base, as: BASE }])];
  const there = await Promise.all(named.map(({ what }) => holds(repository, what)));
  const wanted = named.filter((_, index) => !there[index]);
  if (wanted.length > 0) await fetchObjects(repository, source, wanted);
}

/** The target's tip as it is now; null once it holds the head, since then nothing would be left to judge. */
async function tipOf(repository: Repository, head: string): Promise<string | null> {
  const tip = (await repository.git(["rev-parse", "--verify", TARGET])).stdout.toString().trim();
  return (await isAncestor(repository, head, tip)) ? null : tip;
}

/**
 * Brings the commits of an event into the clone, as objects only. The base of a pull request is the target's tip as
 * it is now: an event may be days old, and rules may have come since.
 * @throws Fault HISTORY_MISSING where they cannot be had
 */
export async function fetchRange(
  repository: Repository,
  occasion: Occasion,
  subject: Subject,
  source: FetchSource,
): Promise<Learned> {
  const { kind, target } = occasion;
  if (kind !== "pull-request" || target === null) {
    await fetchNamed(repository, subject, source);
    return { subject, notes: [] };
  }
  try {
    await fetchObjects(repository, source, [
      { what: subject.head, as: HEAD },
      { what: target, as: TARGET },
    ]);
  } catch (error) {
    await fetchNamed(repository, subject, source);
    return {
      subject,
      notes: [missed(`the base is the event's, which may be out of date: ${messageOf(error)}`)],
    };
  }
  const tip = await tipOf(repository, subject.head);
  if (tip !== null)
    return { subject: { ...subject, base: tip }, notes: [saw(`the base is the tip of ${target}`)] };
  await fetchNamed(repository, subject, source);
  return { subject, notes: [saw(`the base is the event's, since ${target} holds this head already`)] };
}
