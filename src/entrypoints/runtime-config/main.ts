import { findConfig } from "../../features/config/index.ts";

/** `ban.packages` of the config that governs a folder. @throws Refusal CONFIG_INVALID @throws Fault FILE_FAILED */
export function readPackages(folder: string): string[] {
  return findConfig(folder).ban.packages;
}
