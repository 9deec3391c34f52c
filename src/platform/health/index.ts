export { lookAtFolder } from "./look-at-folder.ts";
export type { Probe, ProbeGround } from "./probe.ts";
