export type { MessageView } from "./contract.ts";
export { mentionWaiting } from "./mention-waiting.ts";
export { askForUpdates } from "./send-message.ts";
export { closeUpdates } from "./store.ts";
