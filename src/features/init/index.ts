export { findPackageManagers } from "./detect/lock-files.ts";
export { MANIFEST_FILE } from "./manifest.ts";
