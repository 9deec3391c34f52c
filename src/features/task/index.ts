export { type Renewal, type RenewalAnswer, renewLeases } from "./lease-store.ts";
