export { completeTask } from "./complete/complete-task.ts";
export { type GatheredFacts, gatherCompletion, type ToldFacts } from "./complete/gather-completion.ts";
export { approvalOf, approve, findByHash, isApproved } from "./start/approvals.ts";
export { withoutTokens } from "./start/run-set-up.ts";
export { describeCommand, type SetUpCommand, setUpCommands } from "./start/set-up-commands.ts";
export { startTask } from "./start/start-task.ts";
