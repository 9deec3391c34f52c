import { utcTimestamp } from "../../platform/clock/index.ts";
import { directRoute, type Route } from "../../platform/server/index.ts";
import { showHealth } from "./contract.ts";
import { lookAtServer, type ServerGround } from "./server/look-at-server.ts";

/** Where the data lies on the server's disk is told to nobody but its administrator. */
const PRIVATE = "data_folder";

/** What can be asked about the server's own health. */
export function healthRoutes(ground: ServerGround & { version: string }): readonly Route[] {
  return [
    directRoute(showHealth, async ({ actor, now }) => {
      const checks = await lookAtServer(ground, actor.fleet.id, now);
      const told = checks.map(({ facts: { [PRIVATE]: folder, ...facts }, ...check }) => ({
        ...check,
        facts: actor.role === "admin" && folder !== undefined ? { ...facts, [PRIVATE]: folder } : facts,
      }));
      return { version: ground.version, now: utcTimestamp(now), checks: told };
    }),
  ];
}
