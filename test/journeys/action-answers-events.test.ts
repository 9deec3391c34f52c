import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EVIDENCE_FILE, evidenceLine, FILLED, governedRepository } from "../harness/governed-repository.ts";
import { runBuiltAction, TOKEN } from "../harness/run-built-action.ts";
import { type Route, smallForge } from "../harness/small-forge.ts";

const PULL = "/repos/shop/shop/pulls/7";
const REVIEWS = `${PULL}/reviews`;
const RULES = '{ "pullRequest": { "override": ["lead", "@shop/leads"], "exempt": ["deps[bot]"] } }\n';

/** A shop whose branch `work` changes code, with evidence or without; and the clone that a job has. */
function shop({ evidence = true } = {}) {
  const origin = governedRepository({ "growth-engine.json": RULES });
  const base = origin.git("rev-parse", "main");
  origin.write("app/cart.ts", "export const cart = [1];\n");
  if (evidence) origin.write(EVIDENCE_FILE, evidenceLine("r-1"));
  const head = origin.commit("Keep one");
  // The forge holds a pull request's commits outside of its branches.
  origin.git("update-ref", "refs/pull/7/head", head);
  origin.move("main");
  origin.git("branch", "-D", "work");
  const workspace = origin.clone();
  return { origin, workspace, base, head };
}

interface Given {
  base: string;
  head: string;
  body?: string | null;
  author?: string;
}

function pullOf({ base, head, body = FILLED, author = "ada" }: Given) {
  return {
    number: 7,
    body,
    user: { login: author },
    base: { ref: "main", sha: base },
    head: { ref: "work", sha: head },
  };
}

const opened = (given: Given) => ({ action: "opened", pull_request: pullOf(given) });

function reviewOf(head: string, user = "lead", state = "APPROVED") {
  const body = "growth-engine override: shop is down until 2026-02-01";
  return { user: { login: user }, state, commit_id: head, body };
}

describe("the action, on a pull request", () => {
  it("fetches the head as objects alone, and passes what the text now says is there", async () => {
    const { workspace, base, head } = shop();
    const api = await smallForge({ [PULL]: { body: pullOf({ base, head }) } });
    const payload = opened({ base, head, body: "" });
    const answer = await runBuiltAction({ event: "pull_request_target", payload, api: api.url, workspace });
    expect(answer).toMatchObject({ code: 0, err: "", output: "verdict=pass\n" });
    expect(answer.summary).toContain("## ✅ pass: Growth Engine");
    expect(answer.summary).toContain(
      "the text is that of &#35;&#8203;7 as it stands now; the event's says something else",
    );
    expect(workspace.git("status", "--porcelain")).toBe("");
    expect(workspace.git("rev-parse", "HEAD")).toBe(base);
    expect(readFileSync(join(workspace.folder, "app/cart.ts"), "utf8")).toBe("export const cart = [];\n");
  });

  it("fails with an annotation and a summary that say what mends it", async () => {
    const { workspace, base, head } = shop({ evidence: false });
    const payload = opened({ base, head });
    const inputs = { guard: "guard-mcp", sarif: "out.sarif" };
    const answer = await runBuiltAction({ event: "pull_request", payload, inputs, workspace });
    expect(answer).toMatchObject({ code: 1, err: "", output: "verdict=fail\n" });
    expect(answer.out).toMatch(/^::error title=evidence\/missing::.*Mend: growth-engine evidence add/m);
    expect(answer.summary).toContain("❌ fail");
    expect(readFileSync(join(workspace.folder, "out.sarif"), "utf8")).toContain('"evidence/missing"');
  });

  it("sends the token to the forge, and leaves it nowhere", async () => {
    const { workspace, base, head } = shop({ evidence: false });
    const api = await smallForge({ [PULL]: { body: pullOf({ base, head }) }, [REVIEWS]: { body: [] } });
    const payload = opened({ base, head });
    const answer = await runBuiltAction({ event: "pull_request", payload, api: api.url, workspace });
    expect(api.asked.sort()).toEqual([PULL, REVIEWS]);
    expect(new Set(api.tokens)).toEqual(new Set([`Bearer ${TOKEN}`]));
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
    const left = JSON.stringify(answer) + readFileSync(join(workspace.folder, ".git/config"), "utf8");
    expect(left).not.toContain(TOKEN);
    expect(left).not.toContain(basic);
  });

  it("takes the rules from the target's tip as it is now, not from an event of days ago", async () => {
    const { origin, workspace, base, head } = shop({ evidence: false });
    origin.write(
      "growth-engine.json",
      '{ "rules": { "evidence/missing": "warn" }, "pullRequest": { "sections": [] } }\n',
    );
    origin.commit("Only warn");
    const answer = await runBuiltAction({
      event: "pull_request_target",
      payload: opened({ base, head, body: "" }),
      workspace,
    });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });

  it("does not call a merged head judged: it takes the event's base then", async () => {
    const { origin, workspace, base, head } = shop({ evidence: false });
    origin.merge(head);
    const payload = opened({ base, head });
    const answer = await runBuiltAction({ event: "pull_request_target", payload, workspace });
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
  });

  it("says of a guard that has nothing to judge that it does not apply, and passes", async () => {
    const { origin, workspace, base } = shop();
    origin.write("README.md", "# The shop\n");
    const head = origin.commit("Name it");
    origin.git("update-ref", "refs/heads/main", base);
    const inputs = { guard: "idle-guard" };
    const payload = opened({ base, head, body: "" });
    const answer = await runBuiltAction({ event: "pull_request", payload, inputs, workspace });
    expect(answer).toMatchObject({ code: 0, output: "verdict=not-applicable\n" });
  });

  it("deepens a shallow clone by itself", async () => {
    const { origin, base, head } = shop();
    origin.write("README.md", "# A shop\n");
    origin.commit("Name it");
    const workspace = origin.clone("--depth=1");
    const answer = await runBuiltAction({
      event: "pull_request",
      payload: opened({ base, head }),
      workspace,
    });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });
});

describe("the action, where an override is asked for", () => {
  const overridden = async (reviews: Route, more: Record<string, Route> = {}, author = "ada") => {
    const { workspace, base, head } = shop({ evidence: false });
    const given = { base, head, author };
    const filled =
      reviews && Array.isArray(reviews.body)
        ? { ...reviews, body: reviews.body.map((make) => make(head)) }
        : reviews;
    const api = await smallForge({ [PULL]: { body: pullOf(given) }, [REVIEWS]: filled, ...more });
    return runBuiltAction({ event: "pull_request_target", payload: opened(given), api: api.url, workspace });
  };

  it("passes with the named user's approval of this head", async () => {
    const answer = await overridden({ body: [(head: string) => reviewOf(head)] });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
    expect(answer.summary).toContain("Overridden by **lead** until 2026-02-01");
    expect(answer.out).toContain("::notice title=Verdict overridden::By lead");
  });

  it("passes with the approval of a member of a named team", async () => {
    const team = { "/orgs/shop/teams/leads/memberships/eve": { body: { state: "active", role: "member" } } };
    const answer = await overridden({ body: [(head: string) => reviewOf(head, "eve")] }, team);
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });

  it.each([
    ["of another commit", [() => reviewOf("c".repeat(40))]],
    ["of somebody not named", [(head: string) => reviewOf(head, "eve")]],
    ["that was dismissed", [(head: string) => reviewOf(head, "lead", "DISMISSED")]],
    [
      "that asks for changes later",
      [(head: string) => reviewOf(head), (head: string) => reviewOf(head, "lead", "CHANGES_REQUESTED")],
    ],
  ])("fails with an approval %s", async (_, body) => {
    expect(await overridden({ body })).toMatchObject({ code: 1, output: "verdict=fail\n" });
  });

  it("fails with the author's own approval", async () => {
    const answer = await overridden({ body: [(head: string) => reviewOf(head)] }, {}, "lead");
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
  });

  it("fails, and says so, where the approvals cannot be read", async () => {
    const answer = await overridden({
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
    expect(answer.out).toMatch(/^::warning title=Growth Engine::approvals of #7 could not be read/m);
    expect(answer.summary).toContain("none is an override: GitHub answered 403: Resource not accessible");
  });
});

describe("the action, on a bot's pull request", () => {
  const BOT = "deps[bot]";
  const commitOf = (sha: string, author: string, verified = true) => ({
    sha,
    author: { login: author },
    committer: { login: "web-flow" },
    commit: { verification: { verified } },
  });

  const answered = async (event: Record<string, unknown>, commits: (head: string) => unknown[]) => {
    const { workspace, base, head } = shop({ evidence: false });
    const pull = pullOf({ base, head, body: "", author: BOT });
    const api = await smallForge({
      [PULL]: { body: pull },
      [REVIEWS]: { body: [] },
      [`${PULL}/commits`]: { body: commits(head) },
    });
    const payload = { ...event, pull_request: pull };
    return runBuiltAction({ event: "pull_request_target", payload, api: api.url, workspace });
  };

  it("exempts the bot that opened it", async () => {
    const answer = await answered({ action: "opened" }, () => []);
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });

  it("does not exempt who pushed to its branch", async () => {
    const answer = await answered({ action: "synchronize", sender: { login: "ada" } }, () => []);
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
  });

  it("exempts it after an edit, where each commit is signed for it", async () => {
    const answer = await answered({ action: "edited" }, (head) => [commitOf(head, BOT)]);
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });

  it.each([
    ["somebody else made a commit", (head: string) => [commitOf("c".repeat(40), BOT), commitOf(head, "ada")]],
    ["the signature is not there", (head: string) => [commitOf(head, BOT, false)]],
    ["the list ends elsewhere", () => [commitOf("c".repeat(40), BOT)]],
    ["nothing is listed", () => []],
  ])("does not exempt it after an edit, where %s", async (_, commits) => {
    const answer = await answered({ action: "edited" }, commits);
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
    expect(answer.out).toContain("who pushed last could not be seen");
  });
});

describe("the action, when the forge does not answer", () => {
  it.each<[string, Route]>([
    [
      "is limited for an hour",
      {
        status: 403,
        body: { message: "API rate limit exceeded" },
        headers: { "x-ratelimit-remaining": "0" },
      },
    ],
    ["is down", { status: 502, body: "<html>Unicorn!</html>" }],
    ["hangs up", null],
    ["answers garbage", { body: "<!doctype html>" }],
    ["describes something else", { body: [] }],
  ])("judges by git and the event where it %s", async (_, route) => {
    const { workspace, base, head } = shop();
    const api = await smallForge({ [PULL]: route, [REVIEWS]: route });
    const payload = opened({ base, head });
    const answer = await runBuiltAction({ event: "pull_request", payload, api: api.url, workspace });
    expect(answer).toMatchObject({ code: 0, err: "", output: "verdict=pass\n" });
    expect(answer.out).toMatch(/^::warning title=Growth Engine::the text is the event's/m);
  });

  it("judges by what the clone holds when git cannot reach it either", async () => {
    const { workspace, base, head } = shop();
    workspace.git("fetch", "--quiet", "origin", head);
    workspace.git("remote", "set-url", "origin", "file:///nowhere");
    const answer = await runBuiltAction({
      event: "pull_request",
      payload: opened({ base, head }),
      workspace,
    });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
    expect(answer.out).toContain("the base is the event's, which may be out of date");
  });

  it("fails with the reason when the commits cannot be had", async () => {
    const { workspace, base, head } = shop();
    workspace.git("remote", "set-url", "origin", "file:///nowhere");
    const answer = await runBuiltAction({
      event: "pull_request",
      payload: opened({ base, head }),
      workspace,
    });
    expect(answer).toMatchObject({ code: 3, output: "verdict=error\n" });
    expect(answer.out).toMatch(/^::error title=Growth Engine could not tell \[HISTORY_MISSING\]::/m);
    expect(answer.summary).toContain("⚠️ error");
  });
});

describe("the action, in a merge queue", () => {
  const group = (base: string, head: string) => ({
    action: "checks_requested",
    merge_group: {
      base_sha: base,
      head_sha: head,
      base_ref: "refs/heads/main",
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}`,
    },
  });

  const queued = (method: "merge" | "squash", options = {}) => {
    const { origin, workspace, base, head } = shop(options);
    if (method === "merge") origin.merge(head);
    else {
      origin.git("merge", "--quiet", "--squash", head);
      origin.commit("Keep one (#7)");
    }
    const tip = origin.git("rev-parse", "HEAD");
    origin.git("update-ref", `refs/heads/gh-readonly-queue/main/pr-7-${base}`, tip);
    origin.git("reset", "--quiet", "--hard", base);
    return { workspace, base, head, tip };
  };

  it.each(["merge", "squash"] as const)(
    "holds the override of the pull request it came from, by %s",
    async (method) => {
      const { workspace, base, head, tip } = queued(method, { evidence: false });
      const given = { base, head };
      const api = await smallForge({
        [PULL]: { body: pullOf(given) },
        [REVIEWS]: { body: [reviewOf(head)] },
      });
      const answer = await runBuiltAction({
        event: "merge_group",
        payload: group(base, tip),
        api: api.url,
        workspace,
      });
      expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
      expect(answer.summary).toContain(`for \`${tip}\``);
    },
  );

  it("exempts the bot that opened the pull request", async () => {
    const { workspace, base, head, tip } = queued("squash", { evidence: false });
    const api = await smallForge({
      [PULL]: { body: pullOf({ base, head, author: "deps[bot]" }) },
      [REVIEWS]: { body: [] },
    });
    const answer = await runBuiltAction({
      event: "merge_group",
      payload: group(base, tip),
      api: api.url,
      workspace,
    });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });

  it("exempts nobody where another pull request is in the group", async () => {
    const { workspace, base, head, tip } = queued("merge", { evidence: false });
    const other = pullOf({ base, head: "d".repeat(40), author: "deps[bot]" });
    const api = await smallForge({ [PULL]: { body: other }, [REVIEWS]: { body: [] } });
    const answer = await runBuiltAction({
      event: "merge_group",
      payload: group(base, tip),
      api: api.url,
      workspace,
    });
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
    expect(answer.out).toContain("nobody is exempt and nothing overridden");
    expect(api.asked).toContain(`/repos/shop/shop/commits/${head}/pulls`);
  });

  it("passes what carries its evidence without asking about anybody", async () => {
    const { workspace, base, tip } = queued("squash");
    const answer = await runBuiltAction({ event: "merge_group", payload: group(base, tip), workspace });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });
});

describe("the action, on a push", () => {
  const pushed = () => {
    const { origin, workspace, base, head } = shop({ evidence: false });
    const after = origin.merge(head);
    return { workspace, base, head, after, payload: { ref: "refs/heads/main", before: base, after } };
  };

  it("judges what was pushed against what stood there", async () => {
    const { workspace, payload } = pushed();
    const answer = await runBuiltAction({ event: "push", payload, workspace });
    expect(answer).toMatchObject({ code: 1, output: "verdict=fail\n" });
  });

  it("holds the override of the pull request that was merged", async () => {
    const { workspace, payload, base, head, after } = pushed();
    const merged = { ...pullOf({ base, head }), merged_at: "2026-01-05T10:00:00Z" };
    const api = await smallForge({
      [`/repos/shop/shop/commits/${after}/pulls`]: { body: [merged] },
      [REVIEWS]: { body: [reviewOf(head)] },
    });
    const answer = await runBuiltAction({ event: "push", payload, api: api.url, workspace });
    expect(answer).toMatchObject({ code: 0, output: "verdict=pass\n" });
  });

  it("has nothing to judge when a branch goes away", async () => {
    const { workspace, payload } = pushed();
    const gone = { ...payload, after: "0".repeat(40), deleted: true };
    const answer = await runBuiltAction({ event: "push", payload: gone, workspace });
    expect(answer).toMatchObject({ code: 0, output: "verdict=not-applicable\n" });
  });
});

describe("the action, asked wrongly", () => {
  it.each([
    ["an unknown guard", "push", {}, { guard: "gard-mcp" }, 'there is no guard "gard-mcp"'],
    ["an event without a range", "schedule", {}, {}, 'the event "schedule" names no range'],
    ["an event that is no object", "pull_request", [], {}, "no commit id"],
  ])("fails on %s with the reason", async (_, event, payload, inputs, reason) => {
    const { workspace } = shop();
    const answer = await runBuiltAction({ event, payload, inputs, workspace });
    expect(answer).toMatchObject({ code: 2, output: "verdict=error\n" });
    expect(answer.out).toContain(reason);
  });

  it("sends no token over an open line", async () => {
    const { workspace, base, head } = shop();
    const answer = await runBuiltAction({
      event: "push",
      payload: opened({ base, head }),
      api: "http://example.com",
      workspace,
    });
    expect(answer).toMatchObject({ code: 2, output: "verdict=error\n" });
    expect(answer.out).toContain("GITHUB_API_URL is no https address");
  });
});
