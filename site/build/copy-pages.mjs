// Copies docs/ to pages/: VitePress takes its packages from the folders above a page, and docs/ has none.
import { cpSync, rmSync } from "node:fs";
import { resolve } from "node:path";

const pages = resolve(import.meta.dirname, "../pages");
rmSync(pages, { recursive: true, force: true });
cpSync(resolve(import.meta.dirname, "../../docs"), pages, { recursive: true });
