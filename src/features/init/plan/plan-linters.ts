import { TOOL_FOLDER } from "../tool-folder.ts";
import type { Addition } from "./settle-addition.ts";

export const PRETTIER_IGNORE_FILE = ".prettierignore";

/** Tools that would look into the copy of the tool, which is built code, and what their owner writes against it. */
const LINTERS: readonly (readonly [name: string, config: RegExp, line: string])[] = [
  ["ESLint", /^eslint\.config\.[cm]?[jt]s$/, `{ ignores: ["${TOOL_FOLDER}/"] },`],
  ["ESLint", /^\.eslintrc(\..*)?$/, `"ignorePatterns": ["${TOOL_FOLDER}/"]`],
  ["Biome", /^biome\.jsonc?$/, `"files": { "includes": ["**", "!${TOOL_FOLDER}"] }`],
];

function namesPrettier(manifest: unknown): boolean {
  const { dependencies, devDependencies, prettier } = (manifest ?? {}) as Record<string, unknown>;
  const named = [dependencies, devDependencies].some(
    (list) => typeof list === "object" && list !== null && "prettier" in list,
  );
  return named || prettier !== undefined;
}

/** Keeps Prettier out of what init writes, where Prettier is in use; null elsewhere. */
export function planPrettier(
  topFiles: readonly string[],
  manifest: unknown,
  current: string | null,
): Addition | null {
  const isUsed = topFiles.some((name) => /^\.prettier/.test(name)) || namesPrettier(manifest);
  if (!isUsed) return null;
  const lines = [`${TOOL_FOLDER}/`, "growth-engine.json"];
  const present = new Set((current ?? "").split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !present.has(line) && !present.has(`/${line}`));
  const block = missing.length === 0 ? null : missing.join("\n");
  return { path: PRETTIER_IGNORE_FILE, says: "Prettier leaves the tool alone", block };
}

/** The other linters in use, each with the line that keeps it out of the tool: their configs are code. */
export function findLinters(topFiles: readonly string[]): { config: string; name: string; line: string }[] {
  return LINTERS.flatMap(([name, pattern, line]) => {
    const config = topFiles.find((file) => pattern.test(file));
    return config === undefined ? [] : [{ config, name, line }];
  });
}
