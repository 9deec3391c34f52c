import { afterEach, describe, expect, it } from "vitest";
import { askPull, askPullCommits, askReviews, type GithubAccess } from "../../../platform/github/index.ts";
import { fillPull, listedReview } from "../scene/payloads.ts";
import type { Variant } from "../scene/variant.ts";
import { type FakeForge, startFakeForge } from "./fake-forge.ts";
import type { Mood } from "./mood.ts";
import { sample } from "./published-schema.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const CHANGE: Variant = {
  name: "docs only",
  base: SHA,
  head: SHA,
  before: SHA,
  merged: SHA,
  paths: [],
  text: "",
};
const CAST = { repository: "o/r", branch: "main", author: "ada", reviewer: "grace", teams: [], number: 1 };
const FACETS = { draft: false, fork: false, closed: false, merged: false, text: "the text", review: null };

const open: FakeForge[] = [];
afterEach(() => Promise.all(open.splice(0).map((forge) => forge.close())));

async function start(mood: Mood = "well"): Promise<{ forge: FakeForge; access: GithubAccess }> {
  const pull = fillPull(sample("pull"), CHANGE, CAST, FACETS);
  const reviews = Array.from({ length: 130 }, () =>
    listedReview(CHANGE, CAST, "growth-engine override: x until 2026-02-01"),
  );
  const forge = await startFakeForge(
    { repository: "o/r", pull, reviews, commits: [sample("commit")], pullsOf: {}, memberships: {} },
    mood,
  );
  open.push(forge);
  return {
    forge,
    access: { api: forge.url, token: "t", version: "1", deadline: AbortSignal.timeout(20_000) },
  };
}

describe("startFakeForge", () => {
  it("answers what the action asks, in shapes that GitHub publishes", async () => {
    const { forge, access } = await start();
    expect(await askPull(access, "o/r", 1)).toMatchObject({ found: { body: "the text" } });
    expect(await askPull(access, "o/r", 2)).toMatchObject({ unseen: "GitHub answered 404: Not Found" });
    const reviews = await askReviews(access, "o/r", 1);
    expect("found" in reviews && reviews.found).toHaveLength(130);
    expect(await askPullCommits(access, "o/r", 1)).toHaveProperty("found");
    expect(forge.problems).toEqual([]);
    expect(forge.asked).toContain("GET /repos/o/r/pulls/1/reviews 200");
  });

  it("notes a request that GitHub would not understand", async () => {
    const { forge } = await start();
    expect((await fetch(`${forge.url}/repos/o/r/pulls/1?fields=body`)).status).toBe(200);
    expect((await fetch(`${forge.url}/user`)).status).toBe(404);
    expect(forge.problems).toEqual([
      "pulls/get takes no parameter fields",
      "GET /user is no operation that the simulation knows",
    ]);
  });

  it.each([
    ["rate-limited", "GitHub answered 403: API rate limit exceeded"],
    ["throttled", "GitHub answered 429"],
    ["broken", "GitHub answered 502"],
    ["silent", "GitHub could not be reached"],
    ["no-rights", "GitHub answered 403: Resource not accessible"],
    ["bad-token", "GitHub answered 401: Bad credentials"],
    ["garbage", "GitHub's answer is not JSON"],
  ] as const)("can be %s", async (mood, sentence) => {
    const { access } = await start(mood);
    expect(await askPull(access, "o/r", 1)).toMatchObject({ unseen: expect.stringContaining(sentence) });
  });

  it("can fail once, or be slow, and answer in the end", async () => {
    for (const mood of ["broken-once", "slow"] as const) {
      const { access } = await start(mood);
      expect(await askPull(access, "o/r", 1)).toHaveProperty("found");
    }
  });
});
