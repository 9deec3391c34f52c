import * as agent from "../../features/agent/contract.ts";
import * as audit from "../../features/audit/contract.ts";
import * as ci from "../../features/ci/live/contract.ts";
import * as day from "../../features/day/contract.ts";
import * as evidence from "../../features/evidence/live/contract.ts";
import * as fleet from "../../features/fleet/contract.ts";
import * as forge from "../../features/forge/live/contract.ts";
import * as guard from "../../features/guard/live/contract.ts";
import * as health from "../../features/health/contract.ts";
import * as heartbeat from "../../features/heartbeat/live/contract.ts";
import * as heartbeatRecord from "../../features/heartbeat/live/records/contract.ts";
import * as message from "../../features/message/contract.ts";
import * as person from "../../features/person/contract.ts";
import * as receipt from "../../features/receipt/live/contract.ts";
import * as reservation from "../../features/reservation/contract.ts";
import * as sync from "../../features/sync/contract.ts";
import * as task from "../../features/task/contract.ts";
import * as token from "../../features/token/contract.ts";
import type { Endpoint } from "../../platform/endpoint/index.ts";

/** Every contract with endpoints; a test names the one that is missing. */
const CONTRACTS: readonly object[] = [
  fleet,
  agent,
  token,
  person,
  audit,
  task,
  heartbeat,
  guard,
  forge,
  ci,
  day,
  health,
  message,
  reservation,
  evidence,
  heartbeatRecord,
  sync,
  receipt,
];

function isEndpoint(exported: unknown): exported is Endpoint {
  return typeof exported === "object" && exported !== null && "path" in exported && "answer" in exported;
}

const byName = CONTRACTS.flatMap((contract) => Object.values(contract))
  .filter(isEndpoint)
  .map((endpoint) => [endpoint.name, endpoint] as const);

/** Everything that can be asked of a control plane, described without the server behind it. */
export const ENDPOINTS: readonly Endpoint[] = [...new Map(byName).values()];
