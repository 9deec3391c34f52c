import { describe, expect, it } from "vitest";
import { findAgents } from "./find-agents.ts";
import { findForges, hostOf } from "./find-forges.ts";
import { findPackageManagers } from "./lock-files.ts";

describe("hostOf", () => {
  it.each([
    ["https://user:secret@github.com/a/b.git", "github.com"],
    ["git@gitlab.example.com:a/b.git", "gitlab.example.com"],
    ["ssh://git@host:22/a", "host"],
    ["../bare.git", null],
    ["/srv/bare.git", null],
    ["C:/bare.git", null],
    ["file:///srv/bare.git", null],
  ])("of %s is %s", (remote, host) => {
    expect(hostOf(remote)).toBe(host);
  });
});

describe("findForges", () => {
  const workflow = ".github/workflows/ci.yml";
  it.each([
    ["the remote's", [], "https://github.com/a/b", ["github"]],
    ["an enterprise's own host", [], "https://github.acme.com/a/b", ["github"]],
    ["both of a mirror", [workflow], "git@gitlab.com:a/b", ["gitlab", "github"]],
    ["that of the files where the host says nothing", [workflow], "https://git.acme.com/a", ["github"]],
    ["another one", [], "https://codeberg.org/a/b", ["other"]],
    ["a host that only sounds alike", [], "https://notgithub.com/a/b", ["other"]],
    ["that of the files where there is no remote", [".gitlab-ci.yml"], null, ["gitlab"]],
    ["none", [".github/FUNDING.yml"], null, []],
  ])("finds %s", (_, paths, remote, forges) => {
    expect(findForges(paths, remote).map(({ forge }) => forge)).toEqual(forges);
  });
});

describe("findPackageManagers", () => {
  const names = (files: string[], manifest: unknown) =>
    findPackageManagers(files, manifest).map(({ name }) => name);

  it("puts the declared one first, then lists every lock file's", () => {
    const files = ["package.json", "package-lock.json", "yarn.lock"];
    expect(names(files, { packageManager: "yarn@4.0.0+sha224.x" })).toEqual(["yarn", "npm"]);
    expect(names(files, {})).toEqual(["npm", "yarn"]);
    expect(names(["package.json"], {})).toEqual(["npm"]);
    expect(names([], null)).toEqual([]);
    expect(names(["package.json"], { packageManager: 7 })).toEqual(["npm"]);
  });
});

describe("findAgents", () => {
  it("tells agents by folder and by file, and not by what only begins alike", () => {
    expect(findAgents([".claude/a", "GEMINI.md", ".cursorrules.md", "sub/AGENTS.md"])).toEqual([
      { agent: "Claude Code", seen: [".claude/"] },
      { agent: "Gemini CLI", seen: ["GEMINI.md"] },
    ]);
  });
});
