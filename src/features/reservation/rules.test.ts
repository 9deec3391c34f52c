import { describe, expect, it } from "vitest";
import type { Resource } from "./contract.ts";
import { readResources } from "./read-resources.ts";
import { conflicts, isOver } from "./rules.ts";

const read = (given: Partial<Resource> & Pick<Resource, "pattern">) => {
  const [resource] = readResources([{ kind: "file", shared: false, ...given }]);
  if (!resource) throw new Error("nothing was read");
  return resource;
};
const meet = (one: Parameters<typeof read>[0], other: Parameters<typeof read>[0]) => [
  conflicts(read(one), read(other)),
  conflicts(read(other), read(one)),
];

describe("two resources", () => {
  it("conflict when some path matches both, in repositories that may be the same", () => {
    expect(meet({ pattern: "src/**" }, { pattern: "src/a.ts" })).toEqual([true, true]);
    expect(meet({ pattern: "src/*.ts" }, { pattern: "src/*.md" })).toEqual([false, false]);
    expect(meet({ pattern: "a", repository: "web" }, { pattern: "a", repository: "api" })).toEqual([
      false,
      false,
    ]);
    expect(meet({ pattern: "a", repository: "web" }, { pattern: "a" })).toEqual([true, true]);
  });

  it("that are no files conflict when they are called the same, however their letters are written", () => {
    const name = (pattern: string) => ({ kind: "name" as const, pattern });
    expect(meet(name("release"), name("release"))).toEqual([true, true]);
    expect(meet(name("release"), { kind: "environment", pattern: "release" })).toEqual([false, false]);
    expect(meet(name("src/**"), { pattern: "src/**" })).toEqual([false, false]);
    expect(meet(name("stra\u0308sse"), name("str\u00e4sse"))).toEqual([true, true]);
    expect(meet(name("*"), name("release"))).toEqual([false, false]);
  });

  it("do not conflict when both are shared", () => {
    expect(meet({ pattern: "a", shared: true }, { pattern: "a", shared: true })).toEqual([false, false]);
    expect(meet({ pattern: "a", shared: true }, { pattern: "a" })).toEqual([true, true]);
  });

  it("of one request are taken once", () => {
    const given = { kind: "file" as const, pattern: "a", shared: false };
    expect(readResources([given, { ...given }, { ...given, shared: true }])).toHaveLength(2);
  });
});

describe("a reservation is over", () => {
  it("at the very end of its lease, and when it is not held", () => {
    const held = { state: "held", lease_until: 1_000 };
    expect([isOver(held, 999), isOver(held, 1_000)]).toEqual([false, true]);
    expect(isOver({ ...held, lease_until: null }, 9e12)).toBe(false);
    expect(isOver({ ...held, state: "released" }, 0)).toBe(true);
  });
});
