import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { findConfig } from "./find-config.ts";
import { defaultConfig } from "./parse-config.ts";

function tree(files: Record<string, string | Uint8Array>): string {
  const root = temporaryFolder();
  mkdirSync(join(root, "a/b/c"), { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content);
  return join(root, "a/b/c");
}

describe("the config above a folder", () => {
  it("is the nearest", () => {
    const far = `{ "ban": { "packages": ["far"] } }`;
    const near = `{ "ban": { "packages": ["near"] } }`;
    const folder = tree({ "growth-engine.json": far, "a/b/growth-engine.json": near });
    expect(findConfig(folder).ban.packages).toEqual(["near"]);
    expect(findConfig(join(folder, "../..")).ban.packages).toEqual(["far"]);
  });

  it("is not one above the top of the checkout, also of a linked working tree", () => {
    const folder = tree({
      "growth-engine.json": `{ "ban": { "packages": ["far"] } }`,
      "a/.git": "gitdir: x",
    });
    expect(findConfig(folder)).toEqual(defaultConfig());
  });

  it("is refused when it is broken, a link, no file, too large or not UTF-8", () => {
    const refused = (folder: string, says: RegExp) => expect(() => findConfig(folder)).toThrow(says);
    refused(tree({ "a/growth-engine.json": "{ x" }), /a\/growth-engine\.json:1:3: not readable as JSON/);
    refused(tree({ "a/growth-engine.json": " ".repeat((1 << 20) + 1) }), /is over 1 MiB/);
    refused(tree({ "a/growth-engine.json": Uint8Array.of(0x7b, 0xff, 0x7d) }), /is not UTF-8/);
    const linked = tree({});
    symlinkSync("nowhere", join(linked, "growth-engine.json"));
    refused(linked, /is a link/);
    rmSync(join(linked, "growth-engine.json"));
    mkdirSync(join(linked, "growth-engine.json"));
    refused(linked, /is no file/);
  });
});
