import { describe, expect, it } from "vitest";
import { readProxyWords } from "./proxy-options.ts";

describe("the words of mcp proxy", () => {
  it("are options, then the server's own words as they are", () => {
    expect(readProxyWords(["--name", "docs", "--agent=ada", "--", "npx", "-y", "x", "--", "--name"])).toEqual(
      {
        command: ["npx", "-y", "x", "--", "--name"],
        name: "docs",
        agent: "ada",
        policies: [],
        headers: [],
      },
    );
  });

  it("name a server by its address, with headers", () => {
    const words = ["--url", "https://mcp.example.com/mcp", "--header", "X-Key: a=b", "--listen", "0"];
    expect(readProxyWords(words)).toMatchObject({
      url: "https://mcp.example.com/mcp",
      headers: ["X-Key: a=b"],
      listen: 0,
    });
  });

  it.each([
    [["--"]],
    [[]],
    [["npx", "x"]],
    [["--help"]],
    [["--name"]],
    [["--name", "", "--", "x"]],
    [["--nmae", "a", "--", "x"]],
    [["--url", "nowhere"]],
    [["--url", "https://a.example", "--", "x"]],
    [["--listen", "x", "--", "y"]],
    [["--listen", "70000", "--", "y"]],
    [["--url", "https://a.example", "--header", "no colon"]],
  ])("%j are left to the command parser", (words) => {
    expect(readProxyWords(words)).toBeNull();
  });
});
