import type { Database } from "../../../../platform/database/index.ts";
import { Refusal } from "../../../../platform/errors/index.ts";
import type { Stranger, WayIn } from "../../../../platform/server/index.ts";
import { isFromGitlab, isSignedByGithub } from "./hook-secret.ts";
import { findOpenHook, type OpenHook } from "./hook-store.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const CHECKS = { github: isSignedByGithub, gitlab: isFromGitlab } as const;

/** The same words for no such hook and for a bad signature: whoever asks learns of neither. */
function refuse(): Refusal {
  return new Refusal("TOKEN_INVALID", "no webhook has signed this", {
    hint: "give the forge the address and the secret of: growth-engine forge hook add",
  });
}

/** The hook that signed a call. @throws Refusal TOKEN_INVALID */
async function signerOf(database: Database, forge: OpenHook["forge"], call: Stranger): Promise<OpenHook> {
  const id = call.params.hook ?? "";
  const hook = UUID.test(id)
    ? await database.inServer((transaction) => findOpenHook(transaction, id, call.now))
    : undefined;
  if (hook?.forge === forge && hook.secrets.some((secret) => CHECKS[forge](secret, call))) return hook;
  throw refuse();
}

/** The way in by the signature of a webhook. */
export function hookWayIn(database: Database, forge: OpenHook["forge"]): WayIn {
  return {
    knock: ({ params }) => `hook:${params.hook ?? ""}`,
    open: async (call) => {
      const { id, fleet } = await signerOf(database, forge, call);
      return { role: "forge", token: id, fleet, home: fleet.id, agent: null };
    },
  };
}
