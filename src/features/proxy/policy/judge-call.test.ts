import { describe, expect, it } from "vitest";
import { judgeCalls, type Policy } from "./judge-call.ts";

const policy = (servers: Policy["servers"], file = "/etc/p.json"): Policy => ({ file, servers });

describe("policies", () => {
  it("deny what any of them denies, whatever another allows", () => {
    const strict = policy({ github: { deny: ["delete_*"] } }, "/a.json");
    const loose = policy({ github: { allow: ["*"] } }, "/b.json");
    const denied = judgeCalls([loose, strict], ["github"]);
    expect(denied?.("delete_repo")?.file).toBe("/a.json");
    expect(denied?.("get_repo")).toBeNull();
  });

  it("deny all but what is allowed, where anything is", () => {
    const denied = judgeCalls([policy({ "*": { allow: ["get_*"], deny: ["get_secret"] } })], ["x"]);
    expect(["get_a", "set_a", "get_secret", ""].map((tool) => denied?.(tool) === null)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("hold for every name of the server", () => {
    const policies = [policy({ github: { deny: ["*"] } })];
    expect(judgeCalls(policies, ["my-own", "github"])?.("get")).not.toBeNull();
    expect(judgeCalls(policies, ["other", "other"])).toBeNull();
  });
});
