/** The specification's "Daily Operations Checklist", in its words and order. */
export const CHECKLIST = [
  "System health check completed",
  "All agents have active tasks",
  "No critical blockers identified",
  "MCP Evidence tracking active",
  "Heartbeat monitoring operational",
  "Dev MCP Ban enforcement active",
  "CI Guards functioning",
] as const;
export type ChecklistBox = (typeof CHECKLIST)[number];
