import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../manifest.ts";
import { planUndo } from "./plan-undo.ts";
import { settleAddition } from "./settle-addition.ts";

const addition = { path: ".gitignore", says: "x", block: "# ours\n!/artifacts/" };
const text = (content: Buffer | null) => content?.toString() ?? null;

function addTo(before: string | null) {
  const planned = settleAddition(addition, before === null ? null : Buffer.from(before), undefined);
  if (planned.entry === null || planned.after === null) throw new Error("nothing was added");
  return { planned, after: planned.after, entry: planned.entry };
}

describe("settleAddition", () => {
  it.each([
    [null, "create", "# ours\n!/artifacts/\n"],
    ["", "change", "# ours\n!/artifacts/\n"],
    ["a\n", "change", "a\n\n# ours\n!/artifacts/\n"],
    ["a", "change", "a\n\n# ours\n!/artifacts/\n"],
    ["a\r\nb\r\n", "change", "a\r\nb\r\n\r\n# ours\r\n!/artifacts/\r\n"],
  ])("makes of %j by %s: %j", (before, action, after) => {
    const { planned } = addTo(before);
    expect([planned.action, text(planned.after)]).toEqual([action, after]);
  });

  it("leaves alone what stands, wherever its owner wrote around it", () => {
    const { after, entry } = addTo("a\n");
    const around = Buffer.from(`first\n${after}last\n`);
    expect(settleAddition(addition, around, entry)).toMatchObject({ action: "fine", entry });
  });

  it("takes its older text out when it has another one, and forgets what is gone", () => {
    const { after, entry } = addTo("a\n");
    const newer = settleAddition({ ...addition, block: "# new" }, after, entry);
    expect(text(newer.after)).toBe("a\n\n# new\n");
    expect(settleAddition({ ...addition, block: null }, Buffer.from("a\n"), entry).entry).toBeNull();
  });

  it("keeps bytes that are no UTF-8", () => {
    const latin = Buffer.from("caf\xe9\n", "latin1");
    const { after } = settleAddition(addition, latin, undefined);
    expect(after?.subarray(0, latin.length).equals(latin)).toBe(true);
  });

  it("is undone exactly, whatever stood there", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, more) => {
        const before = Buffer.from(bytes);
        const { after, entry } = settleAddition(addition, before, undefined);
        const undone = planUndo(".gitignore", after, entry as Entry);
        expect(undone.after?.equals(before)).toBe(true);
        const edited = Buffer.concat([after ?? before, Buffer.from(more)]);
        const rest = planUndo(".gitignore", edited, entry as Entry).after;
        expect(rest?.equals(Buffer.concat([before, Buffer.from(more)]))).toBe(true);
      }),
    );
  });

  it("is undone in a checkout with other line ends", () => {
    const { after, entry } = addTo("a\n");
    const crlf = Buffer.from(after.toString().replaceAll("\n", "\r\n"));
    expect(text(planUndo(".gitignore", crlf, entry).after)).toBe("a\r\n");
  });
});
