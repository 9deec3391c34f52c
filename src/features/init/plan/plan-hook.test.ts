import { describe, expect, it } from "vitest";
import { HOOK_LINE, type HookPlace, planHook } from "./plan-hook.ts";

const place: HookPlace = {
  lefthook: null,
  hasHusky: false,
  hook: { root: "git", path: "hooks/pre-push" },
  shown: ".git/hooks/pre-push",
};
const never = () => false;

describe("planHook", () => {
  it("writes a hook where there is none", () => {
    expect(planHook(place, never)).toEqual({ write: place.hook });
    expect(planHook({ ...place, hasHusky: true }, never)).toEqual({
      write: { root: "worktree", path: ".husky/pre-push" },
    });
  });

  it("tells the line where a hook, a runner or a foreign folder is in charge", () => {
    expect(planHook(place, () => true)).toEqual({ tell: HOOK_LINE, where: ".git/hooks/pre-push" });
    expect(planHook({ ...place, hasHusky: true }, () => true)).toMatchObject({ where: ".husky/pre-push" });
    expect(planHook({ ...place, hook: null, shown: "/etc/hooks/pre-push" }, never)).toEqual({
      tell: HOOK_LINE,
      where: "/etc/hooks/pre-push",
    });
    expect(planHook({ ...place, lefthook: "lefthook.yml" }, never)).toMatchObject({ where: "lefthook.yml" });
  });
});
