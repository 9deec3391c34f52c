export { openIdWayIn } from "./trust/open-id-way-in.ts";
