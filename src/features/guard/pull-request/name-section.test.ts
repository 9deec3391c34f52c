import { describe, expect, it } from "vitest";
import { nameSection } from "./name-section.ts";

describe("nameSection", () => {
  it.each([
    ["MCP Evidence", "MCP Evidence"],
    ["mcp evidence:", "MCP Evidence"],
    ["MCP Evidence (required):", "MCP Evidence"],
    ["**MCP Evidence** — required for code changes", "MCP Evidence"],
    ["MCP Evidence files", "MCP Evidence"],
    ["1. MCP Evidence", "MCP Evidence"],
    ["🔍 MCP-Evidence", "MCP Evidence"],
    [":heartbeat: Heartbeat", "Heartbeat"],
    ["Heartbeat (if task >2 hours)", "Heartbeat"],
    ["Heartbeat 🫀", "Heartbeat"],
    ["Dev MCP Check (CRITICAL - Production Safety)", "Dev MCP Check"],
    ["Dev MCP Check.", "Dev MCP Check"],
  ])("takes %j for the section %s", (heading, name) => {
    expect(nameSection(heading)).toBe(name);
  });

  it.each([
    "No MCP Evidence needed",
    "MCP Evidence not needed",
    "Why MCP Evidence",
    "Heartbeats",
    "Heartbeat scheduler rewritten",
    "Heartbeat-driven retries",
    "heartbeat.ndjson",
    "Dev MCP Checklist",
    "Dev MCP Check skipped",
    "MCP",
    "",
    `MCP Evidence (${"x".repeat(300)})`,
  ])("takes %j for no section", (heading) => {
    expect(nameSection(heading)).toBeNull();
  });
});
