import { lookAtFolder } from "../../../platform/health/index.ts";
import { type Finding, ok, warn } from "../../../vocabulary/health.ts";
import type { CheckoutGround } from "../checkout-ground.ts";
import { readText } from "./read-text.ts";

export function lookAtDisk({ worktree }: Pick<CheckoutGround, "worktree">): Promise<Finding> {
  return lookAtFolder(worktree);
}

/** A watcher of a mid-sized repository takes one each per folder; the kernel's oldest default was 8,192. */
const FEW_WATCHES = 8_192;
/** The usual soft limit of a shell is 1,024, with which bundlers and tests live. */
const FEW_FILES = 1_024;

/** @param files how many this process may open, @param watches how many folders a user may watch; null where unknown */
export function judgeLimits(files: number | null, watches: number | null): Finding {
  const facts = { open_files: files, watches };
  if (files !== null && files < FEW_FILES)
    return warn(`only ${files} files may be open at once`, `ulimit -n ${FEW_FILES * 8}`, facts);
  if (watches !== null && watches < FEW_WATCHES)
    return warn(`only ${watches} folders may be watched`, "sysctl fs.inotify.max_user_watches=524288", facts);
  const said = [
    files === null ? [] : `${files} open files`,
    watches === null ? [] : `${watches} watches`,
  ].flat();
  return ok(said.join(", ") || "this system tells none", facts);
}

/** What the Linux kernel allows; other systems tell it nowhere cheap. */
export async function lookAtLimits(): Promise<Finding> {
  const [, open] = /^Max open files\s+(\d+|unlimited)/m.exec(procFile("self/limits") ?? "") ?? [];
  const watches = procFile("sys/fs/inotify/max_user_watches")?.trim();
  const number = (text: string | undefined) =>
    text === undefined || text === "unlimited" ? null : Number(text);
  return judgeLimits(number(open), number(watches || undefined));
}

function procFile(path: string): string | null {
  return readText("/proc", path);
}
