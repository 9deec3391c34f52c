export { type Authenticator, authenticator } from "./authenticator.ts";
export type { showToken as showTokenEndpoint } from "./contract.ts";
export { createAdminToken, FIRST_FLEET } from "./create-admin-token.ts";
export { createToken } from "./create-token.ts";
