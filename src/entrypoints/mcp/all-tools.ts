import type { Tool } from "../../platform/mcp/index.ts";
import { controlPlaneTools } from "./control-plane-tools.ts";
import { evidenceTools } from "./evidence-tools.ts";
import { guardTools } from "./guard-tools.ts";
import { healthTools } from "./health-tools.ts";
import { heartbeatTools } from "./heartbeat-tools.ts";
import { syncTools } from "./sync-tools.ts";
import type { WhoCalls } from "./who-calls.ts";
import { witnessTools } from "./witness-tools.ts";
import { workTools } from "./work-tools.ts";
import type { Workplace } from "./workplace.ts";

/** Tools of the checkout first: where the control plane has one of the same name, the checkout's deed is meant. */
export function allTools(place: Workplace, who: WhoCalls): ReadonlyMap<string, Tool> {
  const own = [
    ...workTools(place),
    ...evidenceTools(place, who.agent),
    ...heartbeatTools(place),
    ...guardTools(place),
    ...witnessTools(place),
    ...syncTools(place),
    ...healthTools(place),
  ];
  const names = new Set(own.map(({ name }) => name));
  const asked = controlPlaneTools(place).filter(({ name }) => !names.has(name));
  return new Map([...own, ...asked].map((tool) => [tool.name, tool]));
}
