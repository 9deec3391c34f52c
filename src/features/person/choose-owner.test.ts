import { describe, expect, it } from "vitest";
import { matchPaths } from "../../platform/globs/index.ts";
import { chooseOwner } from "./choose-owner.ts";

const OWNERSHIPS = [
  { kind: "repository" as const, target: "org/shop", owner: "team:shop" },
  { kind: "path" as const, target: "org/shop:app/**", owner: "person:ann" },
  { kind: "path" as const, target: "org/shop:app/pay/**", owner: "person:bo" },
  { kind: "path" as const, target: "org/shop:app/pay/card.ts", owner: "person:cy" },
  { kind: "path" as const, target: "org/other:app/pay/**", owner: "person:dee" },
];
const ownerOf = (path?: string, repository = "org/shop") =>
  chooseOwner(OWNERSHIPS, { repository, path }, (glob, file) => matchPaths([glob])(file))?.owner ?? null;

describe("who owns a file", () => {
  it("is the owner of the most exact path", () => {
    expect(ownerOf("app/a.ts")).toBe("person:ann");
    expect(ownerOf("app/pay/a.ts")).toBe("person:bo");
    expect(ownerOf("app/pay/card.ts")).toBe("person:cy");
  });

  it("is the repository's owner where no path fits, or none is asked for", () => {
    expect([ownerOf("docs/a.md"), ownerOf()]).toEqual(["team:shop", "team:shop"]);
  });

  it("is nobody in a repository that nobody owns", () => {
    expect([ownerOf("docs/a.md", "org/other"), ownerOf("app/a.ts", "org/none")]).toEqual([null, null]);
  });
});
