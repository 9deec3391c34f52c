import type { addAgent } from "../../src/features/agent/contract.ts";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import type { addHook, addTrust } from "../../src/features/forge/live/contract.ts";
import type { publishVerdict } from "../../src/features/guard/live/contract.ts";
import type { sendBeat } from "../../src/features/heartbeat/live/contract.ts";
import type { sendMessage } from "../../src/features/message/contract.ts";
import type * as person from "../../src/features/person/contract.ts";
import type { takeReservation } from "../../src/features/reservation/contract.ts";
import type { openCheckout, takeLines } from "../../src/features/sync/contract.ts";
import type { addTask } from "../../src/features/task/contract.ts";
import type { addToken } from "../../src/features/token/contract.ts";
import type { ControlPlane } from "./control-plane.ts";
import { SAMPLE_VERDICT } from "./sample-verdict.ts";

/** SHA-256 of nothing. */
const NO_SUM = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** A file of evidence in a checkout of the repository of this name. */
async function seedRecords({ admin }: ControlPlane, mark: string, inside: string): Promise<string> {
  const name = { repository: mark, checkout: mark };
  await admin<typeof openCheckout>("POST /api/v1/sync", { body: name });
  const file = `artifacts/${mark}/2026-01-05/mcp/tools.jsonl`;
  const to = { bytes: 1, sum: "0".repeat(NO_SUM.length), stamp: inside };
  const head = { file, after: { lines: 0, sum: NO_SUM }, lines: 2, to };
  const line = {
    tool: inside,
    doc_ref: inside,
    request_id: inside,
    timestamp: "2026-01-05T09:00:00Z",
    purpose: inside,
    task: mark,
  };
  const body = [head, line, { broken: inside }].map((one) => `${JSON.stringify(one)}\n`).join("");
  await admin<typeof takeLines>("POST /api/v1/sync/lines", { query: name, body });
  return file;
}

/**
 * Fills the default fleet with one of everything. Names begin with `mark`; what only its members may read holds
 * `<mark>-inside`.
 * @returns the name of a parameter or property → the word that names the thing in this fleet
 */
export async function seedFleet(plane: ControlPlane, mark: string): Promise<Record<string, string>> {
  const { admin, as } = plane;
  const inside = `${mark}-inside`;
  await admin<typeof addAgent>("POST /api/v1/agent", { body: { name: mark, description: inside } });
  const repository = { name: mark, url: `https://example.com/${inside}` };
  await admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: repository });
  await admin<typeof publishVerdict>("POST /api/v1/guard", {
    body: { repository: mark, verdict: { ...SAMPLE_VERDICT, rules: inside } },
  });
  const { body: trust } = await admin<typeof addTrust>("POST /api/v1/forge/trust", {
    body: {
      repository: mark,
      audience: inside,
      forge_id: "74",
      workflow: inside,
      forge_name: `org/${inside}`,
    },
  });
  const { body: hook } = await admin<typeof addHook>("POST /api/v1/forge/hook", {
    body: { forge: "github", repository: mark, forge_name: `org/${inside}` },
  });
  await admin<typeof person.putPerson>("PUT /api/v1/person/:handle", {
    params: { handle: mark },
    body: { name: inside, contacts: [{ kind: "email", address: `${inside}@example.com` }] },
  });
  await admin<typeof person.putOwnership>("PUT /api/v1/person/ownership", {
    body: { kind: "component", target: inside, owner: `person:${mark}` },
  });
  const { body } = await admin<typeof addToken>("POST /api/v1/token", {
    body: { role: "agent", agent: mark, label: inside },
  });
  // Done, so that no job has anything to do with it.
  await as(body.token)<typeof sendBeat>("POST /api/v1/heartbeat", {
    body: { status: "done", progress: inside },
  });
  // Of nobody, so that no job has anything to do with it either.
  await admin<typeof addTask>("POST /api/v1/task", {
    body: { id: mark, title: inside, payload: { inside } },
  });
  const message = await admin<typeof sendMessage>("POST /api/v1/message", {
    body: { agent: mark, task: mark, text: inside },
  });
  // For longer than any test: no job has anything to do with it.
  const reserved = await as(body.token)<typeof takeReservation>("POST /api/v1/reservation", {
    body: { resources: [{ kind: "file", pattern: "src/**" }], purpose: inside, lease_seconds: 86_400 },
  });
  const file = await seedRecords(plane, mark, inside);
  return {
    checkout: mark,
    file,
    sum: NO_SUM,
    message: String(message.body.message),
    reservation: String(reserved.body.id),
    fence: String(reserved.body.fence),
    agent: mark,
    name: mark,
    repository: mark,
    trust: trust.id,
    hook: hook.id,
    forge_id: "74",
    handle: mark,
    members: mark,
    owner: `person:${mark}`,
    kind: "component",
    target: inside,
    task: mark,
    token: body.id,
    role: "viewer",
  };
}
