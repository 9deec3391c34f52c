import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { PersonView } from "./contract.ts";
import { listOwnerships } from "./ownership-store.ts";
import { findPerson, updateLeft } from "./people-store.ts";
import { refuseUnknownPeople } from "./refuse-owner.ts";
import { listTeamsOf } from "./team-store.ts";

/** Says that a person left, once nothing depends on them alone. */
export async function leave(transaction: Transaction, handle: string, now: number): Promise<PersonView> {
  await refuseUnknownPeople(transaction, [handle]);
  const owned = await listOwnerships(transaction, { kind: undefined, owner: `person:${handle}` });
  const alone = await listTeamsOf(transaction, handle);
  const held = [
    ...owned.map(({ kind, target }) => `${kind} ${target}`),
    ...alone.map((team) => `team ${team}`),
  ];
  if (held.length > 0) {
    throw new Refusal("REFUSED", `${handle} still holds ${held.join(", ")}`, {
      exit: 1,
      hint: "give them to somebody else first: growth-engine person own",
    });
  }
  await updateLeft(transaction, handle, now);
  return (await findPerson(transaction, handle)) as PersonView;
}
