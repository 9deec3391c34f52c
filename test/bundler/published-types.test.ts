import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BUILD_TOOLS } from "../harness/build-scripts.ts";
import { installedProject } from "../harness/installed-project.ts";

const PROJECT = join(import.meta.dirname, "../..");
const USES = `
import { esbuild, rolldown, rollup, rspack, vite, webpack } from "growth-engine/bundler";
import type { Plugin as EsbuildPlugin } from "esbuild";
import type { RolldownPluginOption } from "rolldown";
import type { Plugin as RollupPlugin } from "rollup";
import type { PluginOption } from "vite";
import type { WebpackPluginInstance } from "webpack";
import type { RspackPluginInstance } from "@rspack/core";
export const a: PluginOption = vite({ development: "block" });
export const b: RollupPlugin = rollup();
export const c: RolldownPluginOption = rolldown({});
export const d: WebpackPluginInstance = webpack({ development: "off" });
export const e: RspackPluginInstance = rspack({ development: "warn" });
export const f: EsbuildPlugin = esbuild();
`;

it("fit what each bundler takes, and refuse a mistyped option", () => {
  const project = installedProject({ "uses.ts": USES }, BUILD_TOOLS);
  const compile = () => {
    const words = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "uses.ts"];
    try {
      return execFileSync(process.execPath, [join(PROJECT, "node_modules/typescript/bin/tsc"), ...words], {
        cwd: project.folder,
        encoding: "utf8",
      });
    } catch (error) {
      return String((error as { stdout?: unknown }).stdout);
    }
  };
  expect(compile()).toBe("");
  const file = join(project.folder, "uses.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace(`"block"`, `"blok"`));
  expect(compile()).toMatch(/uses\.ts\(9,\d+\): error TS2820: Type '"blok"' is not assignable/);
});
