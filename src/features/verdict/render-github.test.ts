import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BROKEN_GUARD, hostileVerdict, SAMPLE_VERDICT } from "../../../test/harness/sample-verdict.ts";
import { printable } from "../../platform/terminal/index.ts";
import { renderGuard, renderVerdict } from "./index.ts";
import { uncountedOf } from "./uncounted.ts";

const options = { colour: false, version: "1.2.3" };
const NAMES = { block: "error", warn: "warning", observe: "notice" };

interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

const decode = (text: string) =>
  text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");

/** Reads a log as the runner does: `::` at the start of a trimmed line, the older `##[` anywhere in one. */
function readCommands(log: string): Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, name, properties, data] = /^::([\w-]+)(?: ([^:]*))?::(.*)$/u.exec(line.trimStart()) ?? [];
    if (name === undefined && /^::|##\[/.test(line.trimStart())) throw new Error(`a stray command: ${line}`);
    if (name === undefined) return [];
    const pairs = (properties ?? "").split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(decode));
    return [{ name, properties: Object.fromEntries(pairs), data: decode(data ?? "") }];
  });
}

describe("github", () => {
  it("writes one annotation per finding, with place, rule, message and mend", () => {
    const commands = readCommands(renderVerdict(SAMPLE_VERDICT, "github", options));
    expect(commands).toHaveLength(6);
    expect(commands[1]).toEqual({
      name: "error",
      properties: {
        file: "artifacts/ada/2026-01-31/mcp/shopify-dev.jsonl",
        line: "4",
        col: "31",
        title: "evidence/missing-field",
      },
      data: "`doc_ref` is empty.\nMend: Required are `tool`, `doc_ref`, `request_id`, `timestamp` and `purpose`.",
    });
  });

  it("escapes what separates properties, and percent signs", () => {
    const finding = {
      rule: "ban/import",
      level: "warn",
      message: "100% a::b",
      file: "a:b,c=50%.ts",
    } as const;
    const guard = {
      guard: "dev-mcp-ban",
      verdict: "pass",
      summary: "s",
      findings: [{ ...finding, hint: "h" }],
    } as const;
    expect(renderGuard({ ...guard, findings: [...guard.findings] }, "github", options)).toBe(
      "dev-mcp-ban: pass. s\n::warning file=a%3Ab%2Cc=50%25.ts,title=ban/import::100%25 a::b%0AMend: h\n",
    );
  });

  it("makes an error of a guard that could not tell", () => {
    expect(readCommands(renderGuard(BROKEN_GUARD, "github", options))).toEqual([
      { name: "error", properties: { title: "idle-guard" }, data: BROKEN_GUARD.summary },
    ]);
  });

  it("holds exactly one command per finding, whatever the text", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const commands = readCommands(renderVerdict(verdict, "github", options));
        const expected = verdict.guards.flatMap(({ verdict: answer, findings }) => [
          ...(answer === "error" ? ["error"] : []),
          ...findings.map(({ level }) => NAMES[level]),
        ]);
        expect(commands.map(({ name }) => name)).toEqual([
          ...(verdict.overridden ? ["notice"] : []),
          ...uncountedOf(verdict).map(() => "notice"),
          ...expected,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it("loses nothing of file and message on the way", () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const commands = readCommands(renderVerdict(verdict, "github", options));
        const annotations = commands.filter(({ properties }) => properties.title?.includes("/"));
        const findings = verdict.guards.flatMap((guard) => guard.findings);
        const sent = (text: string) =>
          printable(text.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\r\n", "\n"));
        expect(annotations.map(({ properties }) => properties.file ?? "")).toEqual(
          findings.map(({ file }) => sent(file ?? "")),
        );
        annotations.forEach(({ data, properties }, index) => {
          expect("col" in properties && !("line" in properties)).toBe(false);
          expect(data.startsWith(sent(`${findings[index]?.message ?? ""}\n`))).toBe(true);
        });
      }),
    );
  });
});
