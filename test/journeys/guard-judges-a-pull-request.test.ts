import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  beatLine,
  EVIDENCE_FILE,
  evidenceLine,
  FILLED,
  governedRepository,
  guardAll,
  HEARTBEAT_FILE,
  TEMPLATE,
} from "../harness/governed-repository.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

const ALL_PASS = { "guard-mcp": "pass", "idle-guard": "pass", "dev-mcp-ban": "pass" };

describe("guard all, over a pull request", () => {
  it("passes a change with evidence and a filled text", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.commit("Keep one");
    const { code, verdict, guards, findings } = await guardAll(repository, FILLED);
    expect({ code, verdict, guards, findings }).toEqual({
      code: 0,
      verdict: "pass",
      guards: ALL_PASS,
      findings: [],
    });
  });

  it("does not ask a docs-only change for evidence, heartbeat or sections", async () => {
    const repository = governedRepository();
    repository.write("README.md", "# The shop\n");
    repository.commit("Name it");
    const { code, guards } = await guardAll(repository, "");
    expect({ code, guards }).toEqual({
      code: 0,
      guards: { "guard-mcp": "not-applicable", "idle-guard": "not-applicable", "dev-mcp-ban": "pass" },
    });
  });

  it("fails a code change without evidence", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Keep one");
    const { code, findings } = await guardAll(repository, null);
    expect({ code, findings }).toEqual({ code: 1, findings: ["block evidence/missing"] });
  });

  it("fails an untouched template in all three sections", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.commit("Keep one");
    const { findings } = await guardAll(repository, TEMPLATE);
    expect(findings).toEqual([
      "block evidence/section-unfilled",
      "block heartbeat/section-unfilled",
      "block ban/section-unfilled",
    ]);
  });

  it("compares the claim of a non-code change with the diff", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.commit("Keep one");
    const text = FILLED.replace(/- \[x\] `.*`/, "- [x] No MCP usage - non-code change");
    expect((await guardAll(repository, text)).findings).toEqual(["block evidence/false-exemption"]);
  });

  it("fails a stalled task, and names the silence", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.write(HEARTBEAT_FILE, beatLine("09:00", "doing") + beatLine("09:40", "doing"));
    repository.commit("Keep one", { time: "2026-01-05T10:30:00Z" });
    const { guards, findings } = await guardAll(repository, null);
    expect(guards["idle-guard"]).toBe("fail");
    expect(findings).toEqual([
      `block heartbeat/gap ${HEARTBEAT_FILE}:2`,
      `block heartbeat/unfinished ${HEARTBEAT_FILE}:2`,
    ]);
  });

  it("asks work of over two hours for a heartbeat", async () => {
    const repository = governedRepository();
    repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Keep one");
    repository.write("app/cart.ts", "export const cart = [1, 2];\n");
    repository.commit("Keep two", { time: "2026-01-05T12:00:00Z" });
    const { findings } = await guardAll(repository, FILLED);
    expect(findings).toEqual(["block heartbeat/false-exemption", "block heartbeat/missing"]);
  });

  it("takes rules and template from the target, so that a pull request cannot switch rules off", async () => {
    const repository = governedRepository();
    repository.write("growth-engine.json", '{ "rules": { "evidence/missing": "off" } }');
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.commit("Keep one");
    const { code, findings } = await guardAll(repository, null);
    expect(code).toBe(1);
    expect(findings).toEqual(["block evidence/missing", "warn guard/self-change growth-engine.json"]);
  });

  it("holds a branch that began before the rules to the rules of the target's tip", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", "export const cart = [1];\n");
    repository.write(EVIDENCE_FILE, evidenceLine("r-1", { tool: "web-search" }));
    repository.commit("Keep one");
    repository.move("main");
    repository.write("growth-engine.json", '{ "evidence": { "tools": ["context7"] } }');
    const tip = repository.commit("Allow one tool");
    repository.move("work");
    const { rules, findings } = await guardAll(repository, null);
    expect(rules).toBe(tip);
    expect(findings).toContain(`block evidence/tool-not-allowed ${EVIDENCE_FILE}:1`);
  });

  it("refuses a range whose head would bring a broken config", async () => {
    const repository = governedRepository();
    repository.write("growth-engine.json", '{ "evidnce": {} }');
    repository.commit("Break it");
    const answer = await repository.runCli(["guard", "--base", "main"]);
    expect(answer.code).toBe(2);
    expect(answer.err).toContain("evidence");
  });

  it("exempts a bot by forge identity from evidence, and still bans", async () => {
    const repository = governedRepository({
      "growth-engine.json": '{ "pullRequest": { "exempt": ["renovate[bot]"] } }',
    });
    repository.write("app/cart.ts", 'import "context7-mcp";\n');
    repository.commit("Update");
    const { guards } = await guardAll(repository, "", ["--actor", "renovate[bot]"]);
    expect(guards).toEqual({
      "guard-mcp": "not-applicable",
      "idle-guard": "not-applicable",
      "dev-mcp-ban": "fail",
    });
  });

  it("turns fail into pass under a named approval of this head, and shows it", async () => {
    const repository = governedRepository({
      "growth-engine.json": '{ "pullRequest": { "override": ["lead"] } }',
    });
    repository.write("app/cart.ts", "export const cart = [1];\n");
    const head = repository.commit("Keep one");
    const approvals = JSON.stringify([{ user: "lead", head, reason: "incident 12", until: "2026-02-01" }]);
    repository.write("approvals.json", approvals);
    const answer = await guardAll(repository, null, ["--approvals", "approvals.json"]);
    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.out).overridden).toEqual({
      by: "lead",
      reason: "incident 12",
      until: "2026-02-01",
      head,
    });
    expect(answer.findings).toContain("block evidence/missing");
  });

  it("says why an approval is no override, and fails", async () => {
    const repository = governedRepository({
      "growth-engine.json": '{ "pullRequest": { "override": ["lead"] } }',
    });
    const old = repository.git("rev-parse", "HEAD");
    repository.write("app/cart.ts", "export const cart = [1];\n");
    const head = repository.commit("Keep one");
    const approval = { user: "lead", head, reason: "incident 12", until: "2026-02-01" };
    const wrong = [{ head: old }, { user: "eve" }, { until: "soon" }, { until: "2020-01-01" }];
    repository.write("approvals.json", JSON.stringify(wrong.map((each) => ({ ...approval, ...each }))));
    const answer = await guardAll(repository, null, ["--approvals", "approvals.json"]);
    expect(answer.code).toBe(1);
    expect(JSON.parse(answer.out).uncounted).toEqual(
      [old.slice(0, 10), "names neither", "is no date", "held until 2020-01-01"].map((part, index) => ({
        by: index === 1 ? "eve" : "lead",
        why: expect.stringContaining(part),
      })),
    );
  });

  it("measures a text of invalid bytes as it was given", async () => {
    const repository = governedRepository();
    const input = Buffer.alloc(230 * 1024, 0xff);
    const answer = await repository.runCli(["guard", "--pr-body", "-"], { input });
    expect(answer.err).toBe("");
    expect(answer.out).toContain("guard-mcp");
  });

  it("says to commit first on a branch without commits", async () => {
    const repository = temporaryRepository();
    const answer = await repository.runCli(["guard"]);
    expect(answer).toMatchObject({
      code: 2,
      err: expect.stringContaining("mend: git add --all && git commit"),
    });
  });

  it("names the guard that a mistyped one is like", async () => {
    const answer = await governedRepository().runCli(["guard", "mpc"]);
    expect(answer).toMatchObject({ code: 2, err: expect.stringContaining("mend: growth-engine guard mcp") });
  });

  it("says how to fetch the tree of a commit that the clone lacks", async () => {
    const repository = governedRepository();
    const tree = repository.git("rev-parse", "HEAD^{tree}");
    rmSync(join(repository.folder, ".git/objects", tree.slice(0, 2), tree.slice(2)));
    const answer = await repository.runCli(["guard", "--base", "main"]);
    expect(answer.code).toBe(3);
    expect(answer.out + answer.err).toContain("git fetch --refetch --no-filter origin");
  });

  it.each(["/dev/zero", "app"])("refuses a text that is no regular file: %s", async (path) => {
    const repository = governedRepository();
    const answer = await repository.runCli(["guard", "--pr-body", path]);
    expect(answer).toMatchObject({ code: 2, out: "", err: expect.stringContaining("no regular file") });
  });

  it("refuses a text over 256 KiB", async () => {
    const repository = governedRepository();
    const answer = await repository.runCli(["guard", "--pr-body", "-"], {
      input: "x".repeat(256 * 1024 + 1),
    });
    expect(answer).toMatchObject({ code: 2, out: "" });
  });

  it("prints the same bytes each time", async () => {
    const repository = governedRepository();
    repository.write("app/cart.ts", 'import "context7-mcp";\n');
    repository.write(EVIDENCE_FILE, "{}\n");
    repository.commit("Keep one");
    const [one, two] = [await guardAll(repository, TEMPLATE), await guardAll(repository, TEMPLATE)];
    expect(one.out).toBe(two.out);
    expect(one.out).not.toContain(repository.folder);
  });
});
