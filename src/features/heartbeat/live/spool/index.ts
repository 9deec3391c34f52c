export { type Delivered, deliverBeats, describeDelivered } from "./deliver-beats.ts";
export { hasWaiting, isAway, keepBeat, recallWho, rememberWho, type Who } from "./keep-beat.ts";
