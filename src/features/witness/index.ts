export type { WitnessQuery } from "./coverage/read-stretch.ts";
export { readWitnessCoverage, type WitnessCoverage } from "./coverage/witness-coverage.ts";
export { gatherWitness, type WitnessGround } from "./gather-witness.ts";
export { isWitnessAsked } from "./is-witness-asked.ts";
export { isBlindSpot } from "./judge-witness.ts";
export { judgeWitnessed, summariseWitnessed, type WitnessedFacts } from "./judge-witnessed.ts";
