import type { addAgent } from "../../src/features/agent/contract.ts";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import type { publishVerdict } from "../../src/features/guard/live/contract.ts";
import type { sendBeat } from "../../src/features/heartbeat/live/contract.ts";
import type { sendMessage } from "../../src/features/message/contract.ts";
import type * as person from "../../src/features/person/contract.ts";
import type { takeReservation } from "../../src/features/reservation/contract.ts";
import type { addTask } from "../../src/features/task/contract.ts";
import type { addToken } from "../../src/features/token/contract.ts";
import type { ControlPlane } from "./control-plane.ts";
import { SAMPLE_VERDICT } from "./sample-verdict.ts";

/**
 * Fills the default fleet with one of everything. Names begin with `mark`; what only its members may read holds
 * `<mark>-inside`.
 * @returns the name of a parameter or property → the word that names the thing in this fleet
 */
export async function seedFleet({ admin, as }: ControlPlane, mark: string): Promise<Record<string, string>> {
  const inside = `${mark}-inside`;
  await admin<typeof addAgent>("POST /api/v1/agent", { body: { name: mark, description: inside } });
  const repository = { name: mark, url: `https://example.com/${inside}` };
  await admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: repository });
  await admin<typeof publishVerdict>("POST /api/v1/guard", {
    body: { repository: mark, verdict: { ...SAMPLE_VERDICT, rules: inside } },
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
  return {
    message: String(message.body.message),
    reservation: String(reserved.body.id),
    fence: String(reserved.body.fence),
    agent: mark,
    name: mark,
    repository: mark,
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
