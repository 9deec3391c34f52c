export { MANIFEST_FILE } from "./manifest.ts";
