export { type ServeOptions, type Serving, serve } from "./serve.ts";
export { VERSION } from "./version.ts";
