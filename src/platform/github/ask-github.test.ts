import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { askGithub } from "./ask-github.ts";
import { askReviews } from "./ask-pull.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Asks a server on the loopback address, which hears each request and answers as told. */
async function access(answer: RequestListener, deadline = AbortSignal.timeout(20_000)) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { api: `http://127.0.0.1:${port}`, token: "secret", version: "1.2.3", deadline };
}

describe("askGithub", () => {
  it("asks in the words that GitHub wants", async () => {
    let heard: unknown;
    const github = await access(({ method, url, headers }, response) => {
      heard = {
        method,
        url,
        accept: headers.accept,
        agent: headers["user-agent"],
        token: headers.authorization,
      };
      response.end("{}");
    });
    expect(await askGithub(github, "/repos/a/b")).toEqual({ found: {} });
    expect(heard).toEqual({
      method: "GET",
      url: "/repos/a/b",
      accept: "application/vnd.github+json",
      agent: "growth-engine/1.2.3",
      token: "Bearer secret",
    });
  });

  it.each([
    [502, {}, 3],
    [429, { "retry-after": "0" }, 3],
    [403, { "retry-after": "3600" }, 1],
    [403, { "x-ratelimit-remaining": "0" }, 1],
    [404, {}, 1],
    [401, {}, 1],
  ])("tries %i with %j %i times", async (status, headers, times) => {
    let asked = 0;
    const github = await access((_, response) => {
      asked += 1;
      response.writeHead(status, headers).end('{ "message": "no" }');
    });
    expect(await askGithub(github, "/")).toEqual({
      unseen: `GitHub answered ${status}: no`,
      status,
    });
    expect(asked).toBe(times);
  });

  it("is content with a second answer", async () => {
    let asked = 0;
    const github = await access((_, response) => {
      asked += 1;
      if (asked === 1) response.destroy();
      else response.end("[1]");
    });
    expect(await askGithub(github, "/")).toEqual({ found: [1] });
  });

  it("ends with its deadline where nothing is answered", async () => {
    const github = await access(() => undefined, AbortSignal.timeout(100));
    expect(await askGithub(github, "/")).toMatchObject({
      unseen: expect.stringContaining("could not be reached"),
    });
  });

  it("follows no redirect, which could carry the token away", async () => {
    const github = await access((_, response) => void response.writeHead(302, { location: "/else" }).end());
    expect(await askGithub(github, "/")).toHaveProperty("unseen");
  });

  it("stops reading an answer without end", async () => {
    const github = await access((_, response) => {
      const more = () => {
        while (response.write("x".repeat(1 << 20)));
        response.once("drain", more);
      };
      more();
    });
    expect(await askGithub(github, "/")).toMatchObject({ unseen: expect.stringContaining("holds over") });
  });
});

describe("a list of GitHub", () => {
  it("is read page by page to its end", async () => {
    const github = await access(({ url }, response) => {
      const page = Number(new URL(url ?? "", "http://x").searchParams.get("page"));
      response.end(JSON.stringify(Array.from({ length: page < 3 ? 100 : 5 }, (_, at) => `${page}.${at}`)));
    });
    const answer = await askReviews(github, "a/b", 1);
    expect("found" in answer && answer.found.length).toBe(205);
  });

  it("counts as unseen where it does not end", async () => {
    const github = await access((_, response) => void response.end(JSON.stringify(Array(100).fill({}))));
    expect(await askReviews(github, "a/b", 1)).toEqual({
      unseen: "GitHub's list is longer than 1000 entries",
    });
  });
});
