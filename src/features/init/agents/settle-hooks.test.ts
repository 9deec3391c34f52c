import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOST_NAMES, HOSTS } from "../../hook/index.ts";
import type { Entry } from "../manifest.ts";
import { planUndo } from "../plan/plan-undo.ts";
import { settleHooks } from "./settle-hooks.ts";

const TOOL = ".growth-engine/hook.cjs";
const settle = (text: string | null, entry?: Entry) =>
  settleHooks("claude-code", TOOL, text === null ? null : Buffer.from(text), entry);

function install(text: string) {
  const planned = settle(text);
  if (planned?.after == null || planned.entry === null) throw new Error("nothing was put in");
  return { after: planned.after.toString(), entry: planned.entry };
}

const undo = (after: string, entry: Entry) => planUndo(".claude/settings.json", Buffer.from(after), entry);
const OWN = '{ "type": "command", "command": "npx prettier --write ." }';

describe("settleHooks", () => {
  it.each([
    ["nothing in them", "{}"],
    ["nothing in them, on two lines", "{\n}\n"],
    ["other members", '{\n  "model": "opus"\n}\n'],
    ["no last newline and tabs", '{\n\t"model": "opus"\n}'],
    ["CRLF", '{\r\n  "model": "opus"\r\n}\r\n'],
    ["comments and trailing commas", '{\n  // why\n  "model": "opus", /* end */\n}\n'],
    ["empty hooks", '{ "hooks": {} }'],
    ["an empty list", '{\n  "hooks": { "PostToolUse": [] }\n}\n'],
    [
      "a list on one line",
      `{ "hooks": { "PostToolUse": [{ "matcher": "Edit", "hooks": [${OWN}] }] }, "z": 1 }`,
    ],
    [
      "a list on many lines",
      `{\n  "hooks": {\n    "Stop": [\n      {\n        "hooks": [${OWN}]\n      }\n    ]\n  }\n}\n`,
    ],
    ["a list that ends with a comma", '{"hooks": {"Stop": [ {"hooks": []}, ], }, }'],
  ])("puts hooks into settings with %s, and takes them out to the byte", (_, text) => {
    const { after, entry } = install(text);
    expect(after).toContain("hook.cjs");
    expect(settle(after, entry)?.action).toBe("fine");
    expect(undo(after, entry).after?.toString()).toBe(text);
  });

  it("is undone to the byte whatever the settings hold", () => {
    const key = fc.constantFrom("hooks2", "model", "PostToolUse", "permissions");
    const list = fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 });
    const events = fc.dictionary(fc.constantFrom("Stop", "PostToolUse", "Other"), list);
    const settings = fc.tuple(
      fc.dictionary(key, fc.jsonValue()),
      fc.option(events),
      fc.constantFrom(0, 2, 4),
    );
    fc.assert(
      fc.property(settings, ([others, hooks, indent]) => {
        const text = JSON.stringify(hooks === null ? others : { ...others, hooks }, null, indent);
        const { after, entry } = install(text);
        // Compared as JSON has them: it writes -0 as 0.
        expect(JSON.parse(after)).toMatchObject(JSON.parse(JSON.stringify(others)));
        expect(undo(after, entry).after?.toString()).toBe(text);
      }),
    );
  });

  it("takes out its hooks alone after somebody put the file into another layout, or into one group", () => {
    const { after, entry } = install(`{ "hooks": { "Stop": [{ "hooks": [${OWN}] }] } }`);
    const value = JSON.parse(after);
    value.hooks.Stop = [{ hooks: [...value.hooks.Stop[1].hooks, ...value.hooks.Stop[0].hooks] }];
    const left = undo(JSON.stringify(value, null, 4), entry).after?.toString() ?? "";
    expect(JSON.parse(left)).toEqual({ hooks: { Stop: [{ hooks: [JSON.parse(OWN)] }] } });
  });

  it("keeps what its owner added to a file that init made, and removes the file else", () => {
    const made = settle(null);
    const entry = made?.entry as Entry;
    const text = made?.after?.toString() ?? "";
    expect(undo(text, entry).action).toBe("remove");
    expect(undo(JSON.stringify(JSON.parse(text)), entry).action).toBe("remove");
    const more = undo(JSON.stringify({ model: "opus", ...JSON.parse(text) }), entry);
    expect(JSON.parse(more.after?.toString() ?? "")).toEqual({ model: "opus" });
  });

  it("renews what an earlier version put in", () => {
    const text = '{\n  "model": "opus"\n}\n';
    const { after, entry } = install(text);
    const older = after.replaceAll('"timeout": 10', '"timeout": 5');
    const past = {
      inserted: (entry as { inserted: string[] }).inserted.map((own) => own.replaceAll("10", "5")),
    };
    expect(settle(older, past)?.after?.toString()).toBe(after);
  });

  it("leaves settings alone that it cannot read, or that have another form", () => {
    for (const text of ["{", "[]", '"x"', '{"hooks": []}', '{"hooks": {"Stop": {}}}'])
      expect(settle(text)).toBeNull();
    expect(settleHooks("claude-code", TOOL, Buffer.from([0x7b, 0xff, 0x7d]), undefined)).toBeNull();
  });

  it("takes no hook of somebody else for its own", () => {
    const theirs =
      '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "node tools/hook.cjs cursor"}]}]}}';
    const { after, entry } = install(theirs);
    expect(undo(after, entry).after?.toString()).toBe(theirs);
  });

  it("asks for each event of each host once", () => {
    for (const name of HOST_NAMES) {
      const { form } = HOSTS[name].settings;
      if (form !== "groups" && form !== "list") continue;
      const text = settleHooks(name, TOOL, null, undefined)?.after?.toString() ?? "";
      expect(Object.keys(JSON.parse(text).hooks)).toEqual(Object.keys(HOSTS[name].events));
    }
  });
});
