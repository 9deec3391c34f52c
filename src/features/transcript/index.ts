export { HOSTS, type Host } from "./host-tools.ts";
