import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeCi } from "./judge-ci.ts";
import { judgeHooks } from "./judge-hooks.ts";
import { judgeNode } from "./judge-node.ts";
import { judgePackages } from "./judge-packages.ts";
import { judgeHeadClock } from "./look-at-clock.ts";
import { judgeLimits } from "./look-at-disk.ts";
import { judgeGit } from "./look-at-git.ts";

describe("Node", () => {
  const wants = (range: string) => ({ file: "package.json", range });
  it.each([
    ["v20.19.0", null, "ok"],
    ["v20.18.9", null, "fail"],
    ["v24.1.0", wants(">=20"), "ok"],
    ["v24.1.0", wants("^22 || ^24"), "ok"],
    ["v24.1.0", wants("22.x"), "warn"],
    ["v24.1.0", wants("24"), "ok"],
    ["v24.1.0", wants("lts/*"), "ok"],
  ] as const)("%s where %j is wanted is %s", (version, wanted, state) => {
    expect(judgeNode(version, wanted).state).toBe(state);
  });
});

describe("git", () => {
  it.each([
    ["git version 2.39.5 (Apple Git-154)\n", "ok"],
    ["git version 2.31.0", "ok"],
    ["git version 2.30.9", "fail"],
    ["git version 3.0", "ok"],
    ["something else", "fail"],
  ])("that says %j is %s", (said, state) => {
    expect(judgeGit(said).state).toBe(state);
  });
});

describe("packages", () => {
  const npm = { name: "npm", seen: ["package-lock.json"] };
  const well = { hasManifest: true, managers: [npm], isInstalled: true, differing: [] as string[] };
  it.each([
    [{}, "ok", "npm: installed as package-lock.json says"],
    [{ hasManifest: false }, "ok", "none: no package.json at the top"],
    [{ isInstalled: false }, "fail", "npm: nothing is installed"],
    [
      { differing: ["ms 2.1.2 for 2.1.3", "x missing for 1.0.0"] },
      "fail",
      "installed is not what package-lock.json says: ms 2.1.2 for 2.1.3 and 1 more",
    ],
    [
      { managers: [npm, { name: "pnpm", seen: ["pnpm-lock.yaml"] }] },
      "fail",
      "lock files of several package managers: package-lock.json, pnpm-lock.yaml",
    ],
    [
      { managers: [{ name: "pnpm", seen: ["packageManager"] }, npm] },
      "fail",
      "package.json declares pnpm, and the lock file is npm's: package-lock.json",
    ],
    [
      { managers: [{ name: "npm", seen: ["package.json"] }] },
      "warn",
      "npm: no lock file, so everybody installs something else",
    ],
  ] as const)("with %j are %s", (changed, state, says) => {
    expect(judgePackages({ ...well, ...(changed as object) })).toMatchObject({ state, says });
  });
});

describe("hooks", () => {
  const none = { hooksPath: null, folder: "/r/.git/hooks", isFolder: true, prePush: null, runner: null };
  it.each([
    [{}, "warn", false],
    [{ prePush: { isExecutable: true, callsUs: true } }, "ok", true],
    [{ prePush: { isExecutable: false, callsUs: true } }, "fail", false],
    [{ prePush: { isExecutable: true, callsUs: false } }, "warn", false],
    [{ hooksPath: "/dev/null", isFolder: false, prePush: null }, "fail", false],
    [{ hooksPath: ".githooks", prePush: { isExecutable: true, callsUs: true } }, "ok", true],
    [{ runner: "lefthook.yml" }, "warn", false],
    [{ runner: "lefthook.yml", prePush: { isExecutable: true, callsUs: false } }, "ok", true],
  ] as const)("with %j are %s", (changed, state, installed) => {
    expect(judgeHooks({ ...none, ...changed })).toMatchObject({ state, facts: { installed } });
  });
});

describe("CI", () => {
  const file = (text: string) => [{ path: ".github/workflows/a.yml", text }];
  const SHA = "0123456789012345678901234567890123456789";
  it.each([
    ["      - uses: ./.growth-engine\n", "ok"],
    [`      - uses: acme/growth-engine@${SHA} # v1\n`, "ok"],
    ["      - uses: acme/growth-engine@v1\n", "warn"],
    ["      - uses: acme/growth-engine/dist/portable@main\n", "warn"],
    ["      - run: npx growth-engine@1.2.3 guard all\n", "ok"],
    ["      - run: npx -y growth-engine@latest guard all\n", "warn"],
    ["      - run: npx growth-engine guard all\n", "warn"],
    ["      - run: node .growth-engine/cli.cjs guard all\n", "ok"],
    ["      # - uses: ./.growth-engine\n", "fail"],
    ["      - uses: actions/checkout@v4\n", "fail"],
    ["", "fail"],
  ])("with %j is %s", (text, state) => {
    expect(judgeCi(file(text)).state).toBe(state);
  });
  it("names the loose line", () => {
    expect(judgeCi(file("a: 1\n- uses: acme/growth-engine@v1\n")).says).toContain(
      ".github/workflows/a.yml:2 ",
    );
  });
  it("takes any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(["ok", "warn", "fail"]).toContain(judgeCi(file(`${text} growth-engine`)).state);
      }),
    );
  });
});

describe("this machine", () => {
  const NOW = 1_800_000_000_000;
  it.each([
    [null, "ok"],
    [NOW - 1, "ok"],
    [NOW + 300_000, "ok"],
    [NOW + 300_001, "fail"],
  ])("is on time with a head commit of %d: %s", (committed, state) => {
    expect(judgeHeadClock(committed, NOW).state).toBe(state);
  });
  it.each([
    [20_000, 100_000, "ok"],
    [256, 100_000, "warn"],
    [20_000, 4_096, "warn"],
    [null, null, "ok"],
  ])("may open %d files and watch %d folders: %s", (files, watches, state) => {
    expect(judgeLimits(files, watches).state).toBe(state);
  });
});
