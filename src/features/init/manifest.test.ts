import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entry, isOwnPlace, parseManifest, renderManifest } from "./manifest.ts";

const files = new Map<string, Entry>([
  ["growth-engine.json", { sha256: "a".repeat(64) }],
  [".gitignore", { added: "\n# ours\n", created: true }],
  [".github/workflows/growth-engine.yml", { sha256: "b".repeat(64), replaced: "theirs" }],
]);

describe("the manifest", () => {
  it("is read as it was written, in one order", () => {
    const manifest = { version: "1.0.0", files, folders: [".growth-engine", ".github"] };
    const text = renderManifest(manifest);
    const read = parseManifest(text, "init.json");
    expect(new Map([...read.files].sort())).toEqual(new Map([...files].sort()));
    expect(renderManifest({ ...read, files: new Map([...read.files].reverse()) })).toBe(text);
  });

  it.each([
    "src/cart.ts",
    "package.json",
    ".github/workflows/ci.yml",
    ".growth-engine/../src/cart.ts",
    "../growth-engine.json",
    "/etc/passwd",
    ".git/config",
    ".growth-engine/a\nb",
    "growth-engine.json/x",
    "",
  ])("never names %j", (path) => {
    expect(isOwnPlace(path)).toBe(false);
    const shape = {
      schema: "growth-engine/init@1",
      version: "1",
      files: { [path]: { added: "x" } },
      folders: [],
    };
    expect(() => parseManifest(JSON.stringify(shape), "init.json")).toThrow(/is not what init wrote/);
  });

  it.each([
    ".growth-engine/features-ban-run-scan.cjs",
    ".growth-engine/templates/ci.sh",
    "growth-engine/cli.cjs",
    "hooks/pre-receive",
    ".husky/pre-push",
    "artifacts/.gitignore",
    ".github/PULL_REQUEST_TEMPLATE/bug report.md",
    "docs/pull_request_template.md",
    ".gitlab/merge_request_templates/Default.md",
  ])("may name %s", (path) => {
    expect(isOwnPlace(path)).toBe(true);
  });

  it("is refused, never half understood, whatever stands there", () => {
    const part = fc.oneof(
      fc.json().map((text) => JSON.parse(text)),
      fc.constant({ ".gitignore": { added: "x" } }),
    );
    const shape = fc.record(
      { schema: fc.constant("growth-engine/init@1"), version: part, files: part, folders: part },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          shape.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          try {
            for (const [path] of parseManifest(text, "init.json").files) expect(isOwnPlace(path)).toBe(true);
          } catch (error) {
            expect((error as { kind?: string }).kind).toBe("refusal");
          }
        },
      ),
    );
  });
});
