export { completeTask } from "./complete/complete-task.ts";
export { type GatheredFacts, gatherCompletion, type ToldFacts } from "./complete/gather-completion.ts";
export { startTask } from "./start/start-task.ts";
