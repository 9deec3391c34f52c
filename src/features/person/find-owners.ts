import type { Transaction } from "../../platform/database/index.ts";
import { matchPaths } from "../../platform/globs/index.ts";
import { chooseOwner } from "./choose-owner.ts";
import type { OwnershipView, PersonView } from "./contract.ts";
import { listOwnerships } from "./ownership-store.ts";
import { listPeopleNamed } from "./people-store.ts";
import { findTeam } from "./team-store.ts";

async function peopleOf(transaction: Transaction, owner: string): Promise<PersonView[]> {
  const [kind, handle = ""] = owner.split(":");
  const handles = kind === "person" ? [handle] : ((await findTeam(transaction, handle))?.members ?? []);
  return listPeopleNamed(transaction, handles);
}

/** Who owns a file of a repository, and the people to reach. */
export async function findOwners(
  transaction: Transaction,
  question: { repository: string; path: string | undefined },
): Promise<{ ownership: OwnershipView | null; people: PersonView[] }> {
  const all = await listOwnerships(transaction, { kind: undefined, owner: undefined });
  const ownership = chooseOwner(all, question, (glob, path) => matchPaths([glob])(path));
  return { ownership, people: ownership ? await peopleOf(transaction, ownership.owner) : [] };
}
