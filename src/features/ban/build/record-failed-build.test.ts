import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder, temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import type { LevelledFinding } from "../../../vocabulary/finding.ts";
import { recordFailedBuild } from "./record-failed-build.ts";

const blocked: LevelledFinding = {
  rule: "ban/bundle",
  level: "block",
  message: "the build holds context7-mcp",
  chain: ["src/a.ts:1", "context7-mcp"],
};
const build = { timestamp: "2026-01-05T09:00:00.000Z", bundler: "vite" };

it("appends one line for each failed build, with what blocked", () => {
  const { folder } = temporaryRepository({ "src/a.ts": "" });
  const warned: LevelledFinding = { ...blocked, level: "warn" };
  recordFailedBuild(join(folder, "src"), { ...build, findings: [blocked, warned] });
  recordFailedBuild(folder, { ...build, findings: Array(80).fill(blocked) });
  const lines = readFileSync(join(folder, ".git/growth-engine/builds.jsonl"), "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    ...build,
    findings: [
      {
        rule: "ban/bundle",
        package: "context7-mcp",
        chain: ["src/a.ts:1", "context7-mcp"],
        message: "the build holds context7-mcp",
      },
    ],
  });
  expect(JSON.parse(lines[1] ?? "").findings).toHaveLength(50);
});

it("keeps nothing where it cannot, and says nothing", () => {
  const record = (root: string) => recordFailedBuild(root, { ...build, findings: [blocked] });
  expect(() => record(temporaryFolder())).not.toThrow();
  expect(() => record("/nowhere/at/all")).not.toThrow();
  const { folder } = temporaryRepository({ a: "" });
  writeFileSync(join(folder, ".git/growth-engine"), "a file in the way");
  expect(() => record(folder)).not.toThrow();
  const odd = temporaryFolder();
  mkdirSync(join(odd, ".git"));
  chmodSync(join(odd, ".git"), 0o500);
  expect(() => record(odd)).not.toThrow();
});
