import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { findAgent } from "../agent/index.ts";
import { listRepositories } from "../fleet/index.ts";
import type { OwnershipView } from "./contract.ts";
import { findPerson } from "./people-store.ts";
import { findTeam } from "./team-store.ts";

/** @throws Refusal PERSON_UNKNOWN unless these people belong to the fleet */
export async function refuseUnknownPeople(
  transaction: Transaction,
  handles: readonly string[],
): Promise<void> {
  for (const handle of handles) {
    const person = await findPerson(transaction, handle);
    if (person && person.left_at === null) continue;
    throw new Refusal("PERSON_UNKNOWN", `there is no ${handle} among the people of this fleet`, {
      hint: `growth-engine person set ${handle} --name "…"`,
    });
  }
}

async function refuseUnknownOwner(transaction: Transaction, owner: string): Promise<void> {
  const [kind, handle = ""] = owner.split(":");
  if (kind === "person") return refuseUnknownPeople(transaction, [handle]);
  if (await findTeam(transaction, handle)) return undefined;
  throw new Refusal("PERSON_UNKNOWN", `there is no team ${handle} in this fleet`, {
    hint: `growth-engine person team ${handle} --members …`,
  });
}

async function refuseUnknownTarget(transaction: Transaction, { kind, target }: OwnershipView): Promise<void> {
  if (kind === "component") return;
  if (kind === "agent") {
    if (await findAgent(transaction, target)) return;
    throw new Refusal("AGENT_UNKNOWN", `there is no agent ${target} in this fleet`, {
      hint: "growth-engine agent list",
    });
  }
  const [repository = ""] = kind === "path" ? target.split(":") : [target];
  const known = await listRepositories(transaction);
  if (known.some(({ name }) => name === repository)) return;
  throw new Refusal("REPOSITORY_UNKNOWN", `there is no repository ${repository} in this fleet`, {
    hint: `growth-engine fleet repository ${repository}`,
  });
}

/** An owner that nobody can reach, or of a thing that does not exist, would be found out when it matters. */
export async function refuseOwnership(transaction: Transaction, ownership: OwnershipView): Promise<void> {
  await refuseUnknownOwner(transaction, ownership.owner);
  await refuseUnknownTarget(transaction, ownership);
}
