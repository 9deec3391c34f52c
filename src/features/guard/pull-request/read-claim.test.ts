import { describe, expect, it } from "vitest";
import { isAffirmation, readExemption } from "./read-claim.ts";

describe("readExemption", () => {
  it.each([
    "No MCP usage - non-code change",
    "no mcp  usage – non–code change.",
    "No MCP usage — non-code\u00a0change",
    '"No MCP usage -- non-code change"',
    "No MCP usage - non-code change (documentation only)",
    "No MCP usage (non-code change)",
    "📝 No MCP usage: non-code change",
  ])("reads %j as a non-code change", (text) => {
    expect(readExemption(text)).toBe("non-code-change");
  });

  it.each([
    "<2h single session",
    "< 2h single-session",
    "＜2h single session",
    "`<2h single session`",
    "Under 2h single session",
    "<2 hours, single session",
    "less than 2 hours in a single session",
    "<2h single session (40 minutes)",
  ])("reads %j as a single session", (text) => {
    expect(readExemption(text)).toBe("single-session");
  });

  it.each([
    "This is not a case of No MCP usage - non-code change",
    "No MCP usage - non-code change was claimed by mistake",
    "No MCP usage - non-code change, or cite a file",
    "No MCP usage",
    "non-code change",
    ">2h single session",
    "<12h single session",
    "<2h single session does not apply",
    "single session",
    "",
  ])("reads %j as no exemption", (text) => {
    expect(readExemption(text)).toBeNull();
  });
});

describe("isAffirmation", () => {
  it.each([
    "No Dev MCP imports in production code",
    "no dev-MCP servers, imports or dependencies in the production bundle",
    "✅ No Dev MCP imports in runtime bundle (prod code only)",
    "Verified: no Dev MCP imports in production code",
    "No Dev MCP",
  ])("takes %j for one", (text) => {
    expect(isAffirmation(text)).toBe(true);
  });

  it.each([
    "No Dev MCP check was done",
    "No Dev MCP imports in production code except one",
    "Not verified: no Dev MCP imports in production code",
    "Production code still names a Dev MCP server, explained below",
    "No imports",
    "",
  ])("takes %j for none", (text) => {
    expect(isAffirmation(text)).toBe(false);
  });
});
