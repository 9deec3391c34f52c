import { describe, expect, it } from "vitest";
import { smallForge } from "../../../../test/harness/small-forge.ts";
import { findGithub, nameOnGithub } from "./find-github.ts";
import { judgeHeadChecks } from "./judge-head-checks.ts";
import { judgeProtection, type Requirement } from "./judge-protection.ts";
import { lookAtDefaultBranch } from "./look-at-branch.ts";

describe("whom to ask", () => {
  it.each([
    ["https://github.com/acme/shop.git", "acme/shop"],
    ["https://user:pw@github.com/acme/shop", "acme/shop"],
    ["git@github.com:acme/shop.git", "acme/shop"],
    ["ssh://git@github.com/acme/shop", "acme/shop"],
    ["https://github.com.evil.example/acme/shop", null],
    ["https://evil.example/github.com/acme/shop", null],
    ["git@gitlab.com:acme/shop.git", null],
    ["/srv/git/shop.git", null],
  ])("a remote %s is %s", (remote, name) => {
    expect(nameOnGithub(remote)).toBe(name);
  });
  it("takes a token to github.com, or where the user's environment says, and never where a repository says", () => {
    const env = { GITHUB_TOKEN: "t" };
    expect(findGithub(env, "git@github.com:a/b.git")).toEqual({
      api: "https://api.github.com",
      repository: "a/b",
      token: "t",
    });
    expect(findGithub(env, "https://ghe.evil.example/a/b")).toMatchObject({
      why: "its remote is not on github.com",
    });
    expect(
      findGithub({ ...env, GITHUB_API_URL: "https://ghe/api/v3/", GITHUB_REPOSITORY: "a/b" }, null),
    ).toMatchObject({
      api: "https://ghe/api/v3",
    });
    expect(findGithub({}, "git@github.com:a/b.git")).toMatchObject({ why: "no GITHUB_TOKEN is given" });
    expect(findGithub(env, null)).toMatchObject({ why: "this checkout has no remote" });
  });
});

describe("the protection of a branch", () => {
  const by = (checks: string[], passedBy: Requirement["passedBy"]): Requirement => ({
    by: "x",
    checks,
    passedBy,
  });
  it.each([
    [[by(["growth-engine"], "nobody")], "ok"],
    [[by(["guard-mcp", "idle-guard", "dev-mcp-ban"], "nobody")], "ok"],
    [[by(["guard-mcp", "idle-guard"], "nobody")], "fail"],
    [[by(["growth-engine"], "administrators")], "fail"],
    [[by(["growth-engine"], "administrators"), by(["growth-engine", "test"], "nobody")], "ok"],
    [[by(["growth-engine"], null)], "warn"],
    [[by(["test"], "nobody")], "fail"],
    [[], "fail"],
  ])("by %j is %s", (requirements, state) => {
    expect(judgeProtection({ branch: "main", requirements, unseen: [] }).state).toBe(state);
  });
  it("that could not be read is no pass and no failure", () => {
    expect(judgeProtection({ branch: "main", requirements: [], unseen: ["GitHub answered 403"] }).state).toBe(
      "unknown",
    );
  });
});

describe("the head of a branch", () => {
  it.each([
    [[], "unknown"],
    [["success", "skipped", "neutral"], "ok"],
    [["success", null], "warn"],
    [["success", "failure", null], "fail"],
    [["timed_out"], "fail"],
    [["unheard_of"], "fail"],
  ])("with %j is %s", (conclusions, state) => {
    const checks = conclusions.map((conclusion, at) => ({ name: `check ${at}`, conclusion }));
    expect(judgeHeadChecks("main", checks).state).toBe(state);
  });
});

describe("a look at the default branch", () => {
  const AT = "/repos/acme/shop";
  const access = (api: string) => ({ api, token: "t", version: "0", deadline: AbortSignal.timeout(5_000) });
  // In the shapes of @octokit/openapi 23: full-repository, branch-with-protection, repository-rule-detailed,
  // repository-ruleset, check-run, combined-commit-status; fields that nobody reads left out.
  const classic = (level: string, checks: string[]) => ({
    body: {
      name: "trunk",
      protected: true,
      protection: {
        enabled: true,
        required_status_checks: { enforcement_level: level, contexts: checks, checks: [] },
      },
    },
  });
  const green = {
    [`${AT}/commits/heads%2Ftrunk/check-runs`]: {
      body: { total_count: 1, check_runs: [{ name: "test", status: "completed", conclusion: "success" }] },
    },
    [`${AT}/commits/heads%2Ftrunk/status`]: {
      body: { state: "success", statuses: [{ context: "old-ci", state: "success" }] },
    },
  };
  const here = { [AT]: { body: { default_branch: "trunk" } } };
  const look = async (routes: Parameters<typeof smallForge>[0]) => {
    const forge = await smallForge({ ...here, ...green, ...routes });
    const checks = await lookAtDefaultBranch(access(forge.url), "acme/shop");
    return Object.fromEntries(checks.map(({ name, state, says }) => [name, `${state}: ${says}`]));
  };

  it("finds what is enforced, by branch protection", async () => {
    expect(
      await look({
        [`${AT}/branches/trunk`]: classic("everyone", ["growth-engine"]),
        [`${AT}/rules/branches/trunk`]: { body: [] },
      }),
    ).toEqual({
      guards: "ok: trunk requires the guards, for administrators too (branch protection)",
      ci: "ok: trunk is green: 2 checks passed",
    });
    const lax = await look({
      [`${AT}/branches/trunk`]: classic("non_admins", ["growth-engine"]),
      [`${AT}/rules/branches/trunk`]: { body: [] },
    });
    expect(lax.guards).toBe(
      "fail: trunk requires the guards, and administrators may merge past them (branch protection)",
    );
    const off = await look({
      [`${AT}/branches/trunk`]: classic("off", ["growth-engine"]),
      [`${AT}/rules/branches/trunk`]: { body: [] },
    });
    expect(off.guards).toBe("fail: nothing keeps unjudged work out of trunk: no check is required");
  });

  it("finds it in rulesets, with who may pass them by", async () => {
    const rules = {
      [`${AT}/branches/trunk`]: { body: { name: "trunk", protected: false } },
      [`${AT}/rules/branches/trunk`]: {
        body: [
          { type: "deletion", ruleset_id: 7 },
          {
            type: "required_status_checks",
            ruleset_id: 7,
            parameters: { required_status_checks: [{ context: "growth-engine" }] },
          },
        ],
      },
    };
    expect((await look(rules)).guards).toContain(
      "warn: trunk requires the guards (ruleset 7); who may merge past",
    );
    const seen = (actors: object[]) =>
      look({ ...rules, [`${AT}/rulesets/7`]: { body: { id: 7, bypass_actors: actors } } });
    expect((await seen([])).guards).toContain("ok: ");
    expect((await seen([{ actor_type: "Team" }])).guards).toContain(
      "fail: trunk requires the guards, and 1 actor",
    );
  });

  it("does not pass what it could not see, and what is none of GitHub's answers", async () => {
    expect((await look({ [AT]: { status: 401, body: { message: "Bad credentials" } } })).guards).toBe(
      "unknown: GitHub answered 401: Bad credentials",
    );
    expect((await look({})).guards).toContain("unknown: GitHub answered 404");
    expect(
      await look({
        [`${AT}/branches/trunk`]: { body: [] },
        [`${AT}/rules/branches/trunk`]: { body: [null, 3] },
      }),
    ).toMatchObject({
      guards: expect.stringContaining("fail"),
    });
  });
});
