import { describe, expect, it } from "vitest";
import { isTemplatePath } from "./template-paths.ts";

describe("isTemplatePath", () => {
  it.each([
    ".github/PULL_REQUEST_TEMPLATE.md",
    ".github/pull_request_template.md",
    "Pull_Request_Template.md",
    "docs/pull_request_template.md",
    ".github/PULL_REQUEST_TEMPLATE/release.md",
    ".gitlab/merge_request_templates/Default.md",
  ])("takes %s", (path) => {
    expect(isTemplatePath(path)).toBe(true);
  });

  it.each([
    ".github/ISSUE_TEMPLATE/bug.md",
    "src/pull_request_template.md",
    "packages/a/.github/pull_request_template.md",
    ".github/PULL_REQUEST_TEMPLATE/old/release.md",
    "my_pull_request_template.md",
    "pull_request_template.md.ts",
  ])("leaves %s", (path) => {
    expect(isTemplatePath(path)).toBe(false);
  });
});
