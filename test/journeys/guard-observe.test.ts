import { describe, expect, it } from "vitest";
import { governedRepository } from "../harness/governed-repository.ts";
import { guardedHistory } from "../harness/guarded-history.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

interface Row {
  rule: string;
  level: string;
  pulls: number;
  own: number;
  findings: number;
}

describe("guard --observe", () => {
  it("says what would block now, and never fails", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", 'import "context7-mcp";\n');
    repository.commit("Read");
    const { code, out } = await repository.runCli(["guard", "--observe"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Now: would be blocked/);
    expect(out).toMatch(/block {4}ban\/import +1 finding\n +e[.]g[.] app\/cart[.]ts:1:/);
    expect((await repository.runCli(["guard"])).code).toBe(1);
  });

  it("exits 3 when it could not tell", async () => {
    const { code } = await temporaryRepository().runCli(["guard", "--observe"]);
    expect(code).not.toBe(0);
    const nowhere = await governedRepository().runCli(["guard", "--observe", "--base", "HEAD~9"]);
    expect(nowhere.code).toBe(2);
  });

  it("counts per rule what past pull requests would have met, by the rules of today", async () => {
    const { code, out } = await guardedHistory().runCli([
      "guard",
      "--observe",
      "--since",
      "2026-01-01",
      "--json",
    ]);
    expect(code).toBe(0);
    const { past } = JSON.parse(out);
    expect(past).toMatchObject({ pulls: 7, byKind: { merge: 2, squash: 4, direct: 1 } });
    const rows = past.rules.map(({ rule, level, pulls, own, findings }: Row) => [
      rule,
      level,
      pulls,
      own,
      findings,
    ]);
    expect(rows).toContainEqual(["evidence/missing", "block", 1, 1, 1]);
    // Once brought, left-pad stands on the branch and meets everybody who comes after.
    expect(rows).toContainEqual(["ban/import", "block", 5, 2, 6]);
    expect(rows).toContainEqual(["guard/self-change", "warn", 1, 1, 1]);
    const [first] = past.rules;
    expect(first).toMatchObject({
      rule: "ban/import",
      page: "docs/reference/rules/ban-import.md",
      example: { subject: "Read the documentation", author: "Ada", file: "app/docs.ts" },
      authors: [{ name: "Ada", count: 5 }],
      folders: [{ name: "app", count: 5 }],
    });
  });

  it("is a table with a suggestion and a config to paste", async () => {
    const { out } = await guardedHistory().runCli(["guard", "--observe", "--since", "52w"]);
    expect(out).toContain(
      "7 past pull requests judged: 5 would have been blocked (71 %)\n2 merged, 4 squashed, 1 direct push\n",
    );
    expect(out).toMatch(/ban\/import +block +5 of 7 +71 % +→ observe/);
    expect(out).toMatch(/why {2}only 7 merges to judge by/);
    expect(out).toMatch(/"rules": \{\n(?: +"[a-z/-]+": "observe",?\n)+ +\}/);
  });

  it("asks the one guard that was named", async () => {
    const { out } = await guardedHistory().runCli(["guard", "ban", "--observe", "--since", "52w", "--json"]);
    const { past } = JSON.parse(out);
    expect(past.rules.map(({ rule }: Row) => rule)).toEqual(["ban/import", "guard/self-change"]);
  });

  it("agrees with the guard on each pull request that it looks back at", async () => {
    const repository = guardedHistory();
    const merge = repository.git("log", "--format=%H", "--grep=^Merge hurry", "-1");
    const { out } = await repository.runCli([
      "guard",
      "--base",
      `${merge}^1`,
      "--head",
      `${merge}^2`,
      "--json",
    ]);
    const told = JSON.parse(out).guards.flatMap(({ findings }: { findings: Row[] }) =>
      findings.map(({ rule }) => rule),
    );
    const asked = ["guard", "--observe", "--since", `${merge}^1`, "--base", merge, "--json"];
    const { past } = JSON.parse((await repository.runCli(asked)).out);
    expect(past.rules.map(({ rule }: Row) => rule)).toEqual(told);
  });

  it("refuses --since and --limit without --observe", async () => {
    const { code, err } = await governedRepository().runCli(["guard", "--since", "90d"]);
    expect([code, err]).toEqual([2, expect.stringContaining("--observe")]);
  });
});
