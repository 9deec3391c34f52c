import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");

/** What `npm pack` would put into the package, without building again. */
function packedFiles(): string[] {
  const words = ["pack", "--dry-run", "--ignore-scripts", "--json"];
  const out = execFileSync("npm", words, {
    cwd: PROJECT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [packed] = JSON.parse(out) as { files: { path: string }[] }[];
  return (packed?.files ?? []).map(({ path }) => path);
}

describe("the package", () => {
  const files = packedFiles();

  it("holds what users run and read, and nothing else", () => {
    const expected =
      /^(package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md|hooks\/[a-z-]+|docs\/reference\/rules(\/[a-z-]+)?\.md|(dist\/portable\/)?templates\/[a-z-]+(\.yml|\.sh)?|schema\/[a-z-]+\.schema\.json|dist\/[a-z-]+\.(cjs|mjs|d\.cts)|dist\/portable\/([a-z-]+\.(cjs|mjs)|parser\.wasm|action\.yml|growth-engine\.schema\.json|LICENSE|NOTICE)|dist\/(portable\/)?THIRD-PARTY-NOTICES\.txt)$/;
    expect(files.filter((path) => !expected.test(path))).toEqual([]);
  });

  it("holds the program, its licences, the hook and the schemas", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "dist/cli.cjs",
        "dist/hook.cjs",
        "dist/bundler.cjs",
        "dist/bundler.d.cts",
        "dist/runtime.cjs",
        "dist/runtime-loader.mjs",
        "dist/library.cjs",
        "dist/THIRD-PARTY-NOTICES.txt",
        "dist/portable/cli.cjs",
        "dist/portable/hook.cjs",
        "dist/portable/templates/opencode-plugin",
        "dist/portable/parser.wasm",
        "dist/portable/growth-engine.schema.json",
        "dist/portable/THIRD-PARTY-NOTICES.txt",
        "LICENSE",
        "hooks/pre-receive",
        "docs/reference/rules/ban-import.md",
        "schema/evidence.schema.json",
        "schema/growth-engine.schema.json",
        "schema/heartbeat.schema.json",
        "schema/verdict.schema.json",
      ]),
    );
  });
});
