import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EVIDENCE_FILE, evidenceLine, governedRepository } from "../harness/governed-repository.ts";
import type { TemporaryRepository } from "../harness/temporary-repository.ts";

const COMMON = ["guard-mcp", "idle-guard", "dev-mcp-ban"];

function changed(config: string | null): TemporaryRepository {
  const repository = governedRepository();
  repository.move("main");
  if (config !== null) repository.write("growth-engine.json", config);
  repository.commit("Set rules");
  repository.branch("asked");
  repository.write("app/cart.ts", "export const cart = [1];\n");
  repository.write(EVIDENCE_FILE, evidenceLine("r-1"));
  repository.commit("Keep one");
  return repository;
}

async function guardsOf(repository: TemporaryRepository, ...words: string[]): Promise<string[]> {
  const { out } = await repository.runCli(["guard", ...words, "--base", "main", "--json"]);
  return JSON.parse(out).guards.map(({ guard }: { guard: string }) => guard);
}

describe("the guard witness", () => {
  it("is part of all only where the rules of the target ask for it", async () => {
    const asked = [...COMMON, "witness"];
    expect(await guardsOf(changed(null), "all")).toEqual(COMMON);
    expect(await guardsOf(changed('{ "rules": { "witness/blind-spot": "off" } }'), "all")).toEqual(COMMON);
    expect(await guardsOf(changed('{ "rules": { "witness/blind-spot": "warn" } }'), "all")).toEqual(asked);
    expect(await guardsOf(changed('{ "witness": { "window": "2m" } }'), "all")).toEqual(asked);
  });

  it("does not hear a pull request that asks for it, or takes it away, itself", async () => {
    const quiet = changed(null);
    quiet.write("growth-engine.json", '{ "witness": { "window": "1m" } }');
    quiet.commit("Ask");
    expect(await guardsOf(quiet)).toEqual(COMMON);
    const loud = changed('{ "witness": { "window": "1m" } }');
    loud.write("growth-engine.json", "{}");
    loud.commit("Do not ask");
    expect(await guardsOf(loud)).toEqual([...COMMON, "witness"]);
  });

  it("answers alone when it is named, in every format", async () => {
    const repository = changed(null);
    expect(await guardsOf(repository, "witness")).toEqual(["witness"]);
    for (const format of ["text", "json", "sarif", "junit", "github", "markdown"]) {
      const file = join(repository.folder, "..", `out.${format}`);
      const words = ["guard", "witness", "--base", "main", "--format", format, "--output", file];
      expect((await repository.runCli(words)).code).toBe(0);
    }
  });

  it("is explained, observed over the past and shown in the trend", async () => {
    const repository = changed('{ "witness": { "window": "2m" } }');
    const said = await repository.runCli(["guard", "explain", "--base", "main"]);
    expect(said.out).toContain("pass  witness");
    repository.move("main");
    repository.merge("asked", { message: "Merge pull request #1" });
    const past = await repository.runCli(["guard", "witness", "--observe", "--since", "90d", "--json"]);
    expect(JSON.parse(past.out)).toMatchObject({ guards: ["witness"], past: { pulls: expect.any(Number) } });
    const trend = await repository.runCli(["guard", "trend", "--json"]);
    expect(JSON.parse(trend.out).compliance.byGuard.witness.judged).toBe(1);
  });
});
