import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

const TREE = "a".repeat(40);
const PULL = "https://example.com/pull/1";

describe("completing a task", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada", Tasks>;
  let count = 0;
  let id: string;
  let fence: number;
  beforeAll(async () => {
    ({ plane, manager, agent } = await startTaskPlane("ada"));
  });
  afterAll(() => plane.close());
  beforeEach(async () => {
    count += 1;
    id = `DONE-${count}`;
    await manager.add({ id, title: "t", criteria: ["it works", { id: "docs", text: "it is told" }] });
    fence = (await agent.ada.claim(id)).body.fence ?? 0;
  });

  it("asks a proof for each criterion, by the fleet's first settings", async () => {
    expect((await manager.settings()).body.policies).toEqual(["dependencies", "criteria"]);
    const proofs = [{ criterion: "1", proof: "test/a.test.ts" }];
    const refused = await agent.ada.complete(id, fence, { proofs });
    expect(refused).toMatchObject({ status: 409, body: { code: "TASK_UNFINISHED" } });
    expect(refused.body.detail).toContain("docs (it is told)");
    expect((await manager.show(id)).body.state).toBe("in_progress");
    const both = [...proofs, { criterion: "docs", proof: "docs/a.md" }];
    expect((await agent.ada.complete(id, fence, { proofs: both })).status).toBe(200);
  });

  it("names every policy that is not met, with what would meet it", async () => {
    const all = [
      "dependencies",
      "criteria",
      "evidence",
      "knowledge",
      "notes",
      "pull_request",
      "runs",
      "security",
    ] as const;
    expect((await manager.setSettings({ policies: [...all] })).body.policies).toEqual(all);
    await manager.add({ id: `${id}-BEFORE`, title: "t" });
    await manager.depend(id, { add: [`${id}-BEFORE`] });
    const refused = await agent.ada.complete(id, fence);
    for (const policy of all) {
      expect(refused.body.detail).toContain(`${policy}: `);
      expect(refused.body.hint).toContain(`${policy}: `);
    }
    const { body } = await agent.ada.check(id, { notes: "n" });
    expect(body.unmet.map(({ policy }) => policy)).toEqual(all.filter((policy) => policy !== "notes"));
    await manager.depend(id, { remove: [`${id}-BEFORE`] });
    const facts = {
      notes: "done",
      tree: TREE,
      evidence: { paths: ["artifacts/ada/2026-01-31/mcp/docs.jsonl"], records: 3 },
      knowledge: { reference: "artifacts/ada/2026-01-31/knowledge.json" },
      pull_request: { url: PULL, merged: true },
      proofs: [
        { criterion: "1", proof: "a" },
        { criterion: "docs", proof: "b" },
      ],
      runs: [
        { kind: "unit" as const, passed: true, tree: TREE },
        { kind: "integration" as const, passed: true, tree: TREE },
      ],
      security: { tree: TREE, secrets: 0, ban: 0, dependencies: 0 },
    };
    expect((await agent.ada.complete(id, fence, facts)).status).toBe(200);
    const { body: events } = await manager.events(id);
    expect(events.items.at(-1)).toMatchObject({
      kind: "completed",
      details: { facts, assurance: "claimed", policies: all },
    });
    await manager.setSettings({ policies: ["dependencies", "criteria"] });
  });

  it("is the holder's alone, from work in progress", async () => {
    const proofs = ["1", "docs"].map((criterion) => ({ criterion, proof: "p" }));
    expect(await manager.complete(id, fence, { proofs })).toMatchObject({ status: 403 });
    await agent.ada.block(id, { fence, type: "resource", reason: "r" });
    expect(await agent.ada.complete(id, fence, { proofs })).toMatchObject({ body: { code: "TASK_STATE" } });
    await agent.ada.resume(id, { fence });
    expect(await agent.ada.complete(id, fence + 1, { proofs })).toMatchObject({
      body: { code: "TASK_FENCE_STALE" },
    });
    expect((await agent.ada.complete(id, fence, { proofs })).status).toBe(200);
    expect(await agent.ada.complete(id, fence, { proofs })).toMatchObject({
      body: { code: "TASK_FENCE_STALE", detail: expect.stringContaining("completed") },
    });
  });

  it("is set by managers", async () => {
    expect(await agent.ada.setSettings({ policies: [] })).toMatchObject({ status: 403 });
    expect(await manager.setSettings({ policies: ["luck" as never] })).toMatchObject({ status: 400 });
    expect(await manager.setAgentLease("nobody", 60)).toMatchObject({
      status: 404,
      body: { code: "AGENT_UNKNOWN" },
    });
  });
});
