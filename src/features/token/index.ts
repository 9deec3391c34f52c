export { type Authenticator, authenticator } from "./authenticator.ts";
export type { showToken as showTokenEndpoint } from "./contract.ts";
export { createAdminToken } from "./create-admin-token.ts";
