import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EVIDENCE_FILE, evidenceLine, governedRepository } from "../harness/governed-repository.ts";
import { runCli } from "../harness/temporary-repository.ts";

const PROJECT = join(import.meta.dirname, "../..");

describe("guard explain", () => {
  it("names the fact that decided, the rule, its meaning and what mends it", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Keep one");
    const { code, out } = await repository.runCli(["guard", "explain"]);
    expect(code).toBe(0);
    expect(out).toMatch(/fail {2}guard-mcp\n/);
    expect(out).toMatch(/code files changed +1: app\/cart[.]ts\n/);
    expect(out).toMatch(/new valid lines +0\n/);
    expect(out).toMatch(/decided by\n +evidence\/missing block by default\n/);
    expect(out).toMatch(/mend +.*growth-engine evidence add/);
  });

  it("says why nothing blocks, and what was not judged", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.commit("Keep one");
    const { out } = await repository.runCli(["guard", "explain"]);
    expect(out).toMatch(/pass {2}guard-mcp\n/);
    expect(out).toContain("nothing blocks: 1 code file changed");
    expect(out).toContain("not judged: no pull request text was given");
  });

  it("gives facts and verdict as JSON, the same on every run", async () => {
    const repository = governedRepository();
    const [first, second] = [1, 2].map(() => repository.runCli(["guard", "explain", "--json"]));
    const { out } = (await first) ?? { out: "" };
    expect((await second)?.out).toBe(out);
    expect(Object.keys(JSON.parse(out))).toEqual(["facts", "report"]);
  });

  it("leads from a rule to its page, and from a typo to the rule", async () => {
    const { out } = await runCli(["guard", "explain", "evidence/missing"]);
    const [page = ""] = /docs\/\S+[.]md/.exec(out) ?? [];
    expect(existsSync(join(PROJECT, page))).toBe(true);
    const typo = await runCli(["guard", "explain", "evidence/mising"]);
    expect([typo.code, typo.err]).toEqual([2, expect.stringContaining('did you mean "evidence/missing"?')]);
  });
});
