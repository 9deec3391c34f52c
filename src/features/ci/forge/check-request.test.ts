import { describe, expect, it } from "vitest";
import type { LoopbackRequest } from "../../../platform/http/index.ts";
import { checkRequest } from "./check-request.ts";

const HEADERS = {
  accept: "application/vnd.github+json",
  "user-agent": "growth-engine/1",
  "x-github-api-version": "2022-11-28",
};

function problems(target: string, given: Partial<LoopbackRequest> = {}): string[] {
  const url = new URL(target, "http://127.0.0.1");
  const request = {
    method: "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: HEADERS,
    body: "",
    ...given,
  };
  return checkRequest(request).problems;
}

describe("checkRequest", () => {
  it.each([
    "/repos/o/r/pulls/1",
    "/repos/o/r/pulls/1/reviews?per_page=100&page=2",
    "/repos/o/r/commits/0123456789abcdef0123456789abcdef01234567/pulls?per_page=100",
    "/orgs/o/teams/t/memberships/ada",
  ])("takes %s", (target) => {
    expect(problems(target)).toEqual([]);
  });

  it.each([
    ["/repos/o/r/pulls/one", {}, "pull_number: / must be integer"],
    ["/repos/o/r/pulls/1/reviews?per_page=many", {}, "per_page: / must be integer"],
    ["/repos/o/r/pulls/1/reviews?perpage=100", {}, "pulls/list-reviews takes no parameter perpage"],
    [
      "/repos/o/r/pulls/1",
      { method: "PATCH" },
      "PATCH /repos/o/r/pulls/1 is no operation that the simulation knows",
    ],
    ["/repos/o/r/pull/1", {}, "GET /repos/o/r/pull/1 is no operation that the simulation knows"],
    [
      "/repos/o/r/pulls/%E0%A4%A",
      {},
      "GET /repos/o/r/pulls/%E0%A4%A is no operation that the simulation knows",
    ],
    ["/repos/o/r/pulls/1", { body: "{}" }, "pulls/get takes no body"],
  ])("refuses %s %j", (target, given, problem) => {
    expect(problems(target, given)).toEqual([problem]);
  });

  it.each([
    [{ "user-agent": undefined }, "User-Agent is missing"],
    [{ accept: "text/html" }, "asks for text/html"],
    [{ "x-github-api-version": "2020-01-01" }, "names 2020-01-01"],
    [{ authorization: "Basic abc" }, "neither Bearer nor token"],
  ])("refuses the headers %j", (headers, problem) => {
    expect(problems("/repos/o/r/pulls/1", { headers: { ...HEADERS, ...headers } })).toEqual([
      expect.stringContaining(problem),
    ]);
  });
});
