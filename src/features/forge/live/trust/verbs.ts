import { openClient, type ServerChoice, show, showList } from "../../../../platform/client/index.ts";
import type { CommandContext } from "../../../../platform/terminal/index.ts";
import type { ExitCode } from "../../../../vocabulary/exit-code.ts";
import type * as contract from "./contract.ts";
import type { TrustView } from "./contract.ts";

export interface AddTrustOptions extends ServerChoice {
  id: string;
  workflow: string;
  ref?: string[];
  forge: string;
  issuer?: string;
  audience?: string;
  forgeName?: string;
}

/** Believes a workflow. What is wrong with a word, the server says. */
export async function addTrust(
  repository: string,
  options: AddTrustOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { id, workflow, ref, forge, issuer, audience = client.url, forgeName } = options;
  const trust = await client.ask<typeof contract.addTrust>("POST /api/v1/forge/trust", {
    body: {
      repository,
      forge: forge as TrustView["forge"],
      audience,
      forge_id: id,
      workflow,
      ...(ref === undefined ? {} : { refs: ref }),
      ...(issuer === undefined ? {} : { issuer }),
      ...(forgeName === undefined ? {} : { forge_name: forgeName }),
    },
  });
  const sentence = `${trust.workflow} of ${trust.forge_name}, from ${trust.refs.join(", ")}, may publish verdicts of ${trust.repository} with tokens made for ${trust.audience}`;
  return show(context, options, trust, sentence);
}

export async function listTrusts(options: ServerChoice, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const { items } = await client.ask<typeof contract.listTrusts>("GET /api/v1/forge/trust");
  return showList(context, options, items, {
    none: "no workflow is believed: growth-engine forge trust add <repository> --id <number>",
    columns: {
      id: ({ id }) => id,
      repository: ({ repository }) => repository,
      workflow: ({ workflow }) => workflow,
      refs: ({ refs }) => refs.join(" "),
      "made for": ({ audience }) => audience,
    },
  });
}

export async function removeTrust(
  id: string,
  options: ServerChoice,
  context: CommandContext,
): Promise<ExitCode> {
  const client = openClient({ ...options, env: context.env });
  const trust = await client.ask<typeof contract.removeTrust>("POST /api/v1/forge/trust/:trust/remove", {
    params: { trust: id },
  });
  return show(
    context,
    options,
    trust,
    `${trust.workflow} of ${trust.repository} is believed no longer; what it published stays`,
  );
}
