import { statfs } from "node:fs/promises";
import type { Finding } from "../../vocabulary/health.ts";
import { judgeDisk } from "./judge-disk.ts";

/** Room on the disk of a folder. @param hint what to do when there is little */
export async function lookAtFolder(folder: string, hint?: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return judgeDisk({ free: bavail * bsize, size: blocks * bsize }, hint);
}
