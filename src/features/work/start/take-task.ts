import { Refusal } from "../../../platform/errors/index.ts";
import {
  claim,
  type Desk,
  type renewTaskEndpoint,
  type showTaskEndpoint,
  type TaskView,
} from "../../task/index.ts";

/** Asks by renewing: only the server knows whether a lease ran out. */
async function stillHolds(
  { client }: Desk,
  { task, fence }: { task: string; fence: number },
): Promise<boolean> {
  try {
    await client.ask<typeof renewTaskEndpoint>("POST /api/v1/task/:task/renew", {
      params: { task },
      body: { fence },
    });
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "TASK_FENCE_STALE") return false;
    throw error;
  }
}

/** The claim of this checkout that still holds, or a new one. @throws Refusal, exit 1, when it cannot be had */
export async function takeTask(desk: Desk, id: string): Promise<{ task: TaskView; isNew: boolean }> {
  const known = desk.claims?.find(id);
  if (known) {
    if (await stillHolds(desk, known)) {
      const task = await desk.client.ask<typeof showTaskEndpoint>("GET /api/v1/task/:task", {
        params: { task: id },
      });
      return { task, isNew: false };
    }
    desk.claims?.forget(id);
  }
  return { task: await claim(desk, id), isNew: true };
}
