export { type GatheredFacts, gatherCompletion, type ToldFacts } from "./complete/gather-completion.ts";
