import { describe, expect, it } from "vitest";
import { findSelfChanges } from "./find-self-changes.ts";

describe("findSelfChanges", () => {
  it.each([
    "growth-engine.json",
    ".github/workflows/guard.yml",
    ".github/pull_request_template.md",
    ".husky/pre-push",
    ".gitlab-ci.yml",
    "artifacts/.gitattributes",
  ])("notes a change of %s", (path) => {
    expect(findSelfChanges([path]).map(({ file }) => file)).toEqual([path]);
  });

  it("notes a new version of the tool once", () => {
    const paths = [".growth-engine/a.cjs", ".growth-engine/cli.cjs", ".growth-engine/templates/ci.sh"];
    const [finding, ...others] = findSelfChanges(paths);
    expect(finding?.message).toContain("3 files of .growth-engine/");
    expect(others).toEqual([]);
  });

  it("says nothing of other files", () => {
    expect(findSelfChanges(["src/growth-engine.json", "README.md", "src/hooks/use-x.ts"])).toEqual([]);
  });
});
