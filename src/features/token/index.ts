export { type Authenticator, authenticator } from "./authenticator.ts";
export { createAdminToken } from "./create-admin-token.ts";
