export { answerHook, type HookRun } from "./answer-hook.ts";
export { CAPABILITIES, type Capability } from "./capabilities.ts";
export { HOST_NAMES, type HookSettings, type Host, type HostName, type Meaning } from "./host.ts";
export { HOSTS, hostNamed } from "./hosts.ts";
export { isHookCommand } from "./is-hook-command.ts";
