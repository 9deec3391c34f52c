export type { Simulation } from "./simulation.ts";
