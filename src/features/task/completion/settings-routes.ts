import { type Route, route } from "../../../platform/server/index.ts";
import { checkAgents } from "../../agent/index.ts";
import { setAgentLease, setSettings, showSettings } from "../contract.ts";
import { findSettings, saveAgentLease, saveSettings } from "./settings-store.ts";

/** What can be asked about a fleet's settings for tasks. */
export const SETTINGS_ROUTES: readonly Route[] = [
  route(showSettings, ({ transaction }) => findSettings(transaction)),
  route(setSettings, async ({ transaction, actor, body }) => {
    const { agents: _, ...before } = await findSettings(transaction);
    const policies = [...new Set(body.policies ?? before.policies)];
    const lease_seconds = body.lease_seconds ?? before.lease_seconds;
    await saveSettings(transaction, actor.fleet.id, { lease_seconds, policies });
    return findSettings(transaction);
  }),
  route(setAgentLease, async ({ transaction, actor, params, body }) => {
    await checkAgents(transaction, [params.agent]);
    await saveAgentLease(transaction, actor.fleet.id, params.agent, body.lease_seconds);
    return findSettings(transaction);
  }),
];
