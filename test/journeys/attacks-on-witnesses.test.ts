import { describe, expect, it } from "vitest";
import { ATTACKS } from "../harness/attack-list.ts";
import { consulted, edited, recordCalls, recorderSession } from "../harness/recorded-lines.ts";
import { nodeTests, record } from "../harness/recorded-runs.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const at = (minute: number) => `2026-01-05T10:${String(minute).padStart(2, "0")}:00Z`;

function project(): TemporaryRepository {
  const repository = temporaryRepository({
    "growth-engine.json": JSON.stringify({
      rules: { "witness/blind-spot": "block", "witness/unexplained": "block", "run/shrunk": "block" },
    }),
    "package.json": JSON.stringify({ scripts: { test: "node --test" } }),
    "src/cart.mjs": "1\n",
    "cart.test.mjs": nodeTests(4),
  });
  repository.branch("work");
  return repository;
}

/** Rules of what the guard says of the branch, and the sentences. */
async function witnessed(repository: TemporaryRepository) {
  const { out } = await repository.runCli(["guard", "witness", "--base", "main", "--json"]);
  const findings: { rule: string; level: string; message: string }[] = JSON.parse(out).guards[0].findings;
  return {
    rules: [...new Set(findings.map(({ rule }) => rule))].sort(),
    says: findings.map(({ message }) => message).join("; "),
  };
}

/** A session in which a hook sees an edit before and after what is attacked. */
function session(repository: TemporaryRepository) {
  const ada = { root: repository.folder, agent: "ada", task: "ENG-1" };
  return {
    hook: recorderSession("hook", ada, "s1"),
    proxy: recorderSession("proxy", ada, "p1"),
    transcript: recorderSession("transcript", ada, "s1"),
  };
}

describe("attacks on what witnesses see", () => {
  it(ATTACKS.shrunk.attack, async () => {
    const repository = project();
    repository.move("main");
    await record(repository, ["--kind", "unit", "--", "npm", "test"]);
    repository.commit("Record the run of all tests");
    repository.branch("fewer");
    repository.write("cart.test.mjs", nodeTests(3));
    await record(repository, ["--kind", "unit", "--", "npm", "test"]);
    repository.commit("Take a test out");
    const { rules, says } = await witnessed(repository);
    expect(rules).toContain("run/shrunk");
    expect(says).toMatch(/3 tests exist in .*; 4 in the last one recorded at the base/);
    await record(repository, ["--kind", "unit", "--", "echo", "4 passed"]);
    repository.commit("Print it");
    expect((await witnessed(repository)).rules).toContain("run/claimed-totals");
  });

  it(ATTACKS.subagentHooks.attack, async () => {
    const repository = project();
    const { hook, transcript } = session(repository);
    recordCalls(hook, [edited("src/cart.mjs", at(1), "t1")]);
    repository.write("src/cart.mjs", "2\n");
    repository.write("src/by-subagent.mjs", "1\n");
    repository.commit("Work", { time: at(30) });
    const unseen = await witnessed(repository);
    expect(unseen.rules).toEqual(["witness/blind-spot"]);
    const coverage = async () => {
      const { out } = await repository.runCli(["witness", "coverage", "--base", "main", "--json"]);
      return JSON.parse(out);
    };
    expect((await coverage()).calls).toHaveLength(1);
    const bySubagent = edited("src/by-subagent.mjs", at(2), "t2");
    recordCalls(transcript, [
      edited("src/cart.mjs", at(1), "t1"),
      { ...bySubagent, more: { ...bySubagent.more, subagent: "explorer" } },
    ]);
    repository.commit("Import the transcript", { time: at(31) });
    expect((await coverage()).differences).toMatchObject([
      {
        tool: "edit",
        seenBy: ["transcript"],
        notSeenBy: ["hook"],
        explained: expect.stringContaining("subagent"),
      },
    ]);
    expect((await witnessed(repository)).rules).toEqual([]);
  });

  it(ATTACKS.bypassedProxy.attack, async () => {
    const repository = project();
    const { hook, proxy } = session(repository);
    const calls = [1, 2, 3].map((minute) => consulted(`/org/topic-${minute}`, at(minute), `t${minute}`));
    const passed = calls.map((call) => ({ ...call, requestId: undefined }));
    recordCalls(
      proxy,
      [passed[0] ?? calls[0], passed[2] ?? calls[2]].filter((call) => call !== undefined),
    );
    repository.commit("Only the proxy tells", { time: at(30) });
    expect((await witnessed(repository)).rules).toEqual([]);
    recordCalls(hook, calls);
    repository.commit("The hook tells too", { time: at(31) });
    const { rules, says } = await witnessed(repository);
    expect(rules).toEqual(["witness/unexplained"]);
    expect(says).toMatch(/hook saw 1 call of context7.*proxy did not/);
  });
});
