export { addressOf } from "./address-of.ts";
export { announceServer, readAnnouncement } from "./announced-server.ts";
export { askRunner } from "./ask-runner.ts";
export { lookAtServer } from "./look-at-server.ts";
export { type Client, type ClientOptions, openClient } from "./open-client.ts";
export { readProblem } from "./read-problem.ts";
export { addServerOptions, type ServerChoice } from "./server-options.ts";
export { type ListLook, show, showList } from "./show.ts";
