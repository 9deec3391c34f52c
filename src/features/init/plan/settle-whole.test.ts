import { describe, expect, it } from "vitest";
import type { Entry } from "../manifest.ts";
import { planUndo } from "./plan-undo.ts";
import { settleWhole } from "./settle-whole.ts";
import { sumOf } from "./sum-of.ts";

const file = { path: "growth-engine.json", says: "rules", text: "new\n" };
const settle = (
  current: string | null,
  written: string | null,
  more: { replace?: boolean; isTool?: boolean } = {},
) =>
  settleWhole(
    { ...file, isTool: more.isTool ?? false },
    {
      current: current === null ? null : Buffer.from(current),
      entry: written === null ? undefined : { sha256: sumOf(Buffer.from(written)) },
      replace: more.replace ?? false,
    },
  );

describe("settleWhole", () => {
  it.each([
    ["nothing there", null, null, "create"],
    ["the same text of somebody else", "new\n", null, "fine"],
    ["the same text with other line ends", "new\r\n", "new\n", "fine"],
    ["its own older text", "old\n", "old\n", "change"],
    ["its own older text with other line ends", "old\r\n", "old\n", "change"],
    ["its own text, edited", "mine\n", "old\n", "yours"],
    ["a text of somebody else", "mine\n", null, "yours"],
  ])("answers for %s", (_, current, written, action) => {
    expect(settle(current, written).action).toBe(action);
  });

  it("claims nothing that it did not write", () => {
    expect(settle("new\n", null).entry).toBeNull();
    expect(settle("mine\n", null).entry).toBeNull();
    expect(settle(null, null).entry).toEqual({ sha256: sumOf(Buffer.from("new\n")) });
  });

  it("keeps what it replaces on demand, over several runs, so that undoing brings it back", () => {
    const first = settle("mine\n", null, { replace: true });
    expect(first.action).toBe("change");
    const entry = first.entry as Entry;
    const second = settleWhole(
      { ...file, text: "newer\n" },
      { current: Buffer.from("new\n"), entry, replace: false },
    );
    const undone = planUndo(file.path, second.after, second.entry as Entry);
    expect(undone.after?.toString()).toBe("mine\n");
  });

  it("restores the tool to the byte, unasked", () => {
    expect(settle("new\r\n", "new\n", { isTool: true })).toMatchObject({ action: "change" });
    expect(settle("evil\n", "new\n", { isTool: true }).says).toContain("restored");
    expect(settle("new\n", "new\n", { isTool: true }).action).toBe("fine");
  });
});

describe("planUndo", () => {
  const entry = { sha256: sumOf(Buffer.from("new\n")) };

  it.each([
    ["new\n", "remove"],
    ["new\r\n", "remove"],
    ["edited\n", "yours"],
    [null, "fine"],
  ])("answers for a whole file that holds %j", (current, action) => {
    const content = current === null ? null : Buffer.from(current);
    expect(planUndo("growth-engine.json", content, entry).action).toBe(action);
  });

  it("leaves a file that its owner filled, and removes one that holds nothing else", () => {
    const added = { added: "ours\n", created: true } as const;
    expect(planUndo(".gitignore", Buffer.from("ours\n"), added).action).toBe("remove");
    expect(planUndo(".gitignore", Buffer.from("ours\nmine\n"), added).action).toBe("change");
    expect(planUndo(".gitignore", Buffer.from("mine\n"), added).action).toBe("yours");
  });
});
