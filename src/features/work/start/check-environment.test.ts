import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import { checkEnvironment } from "./check-environment.ts";
import { openGround } from "./open-ground.ts";

const DESK = { client: { url: "http://127.0.0.1:7420" }, fleet: "default", agent: "ada" };

async function look(repository: ReturnType<typeof temporaryRepository>, env: NodeJS.ProcessEnv = {}) {
  const ground = await openGround(repository.folder);
  const checks = await checkEnvironment(ground, DESK, { env, now: 1_800_000_000_000 });
  return checks.filter(({ state }) => state !== "ok").map(({ name, says }) => `${name}: ${says}`);
}

describe("a look at the environment", () => {
  it("finds nothing to say of a clean branch, whatever records lie about", async () => {
    const repository = temporaryRepository({ "a.txt": "1" });
    repository.branch("work");
    repository.write("artifacts/ada/2026-01-31/heartbeat.ndjson", "{}\n");
    expect(await look(repository, { GROWTH_ENGINE_AGENT: "ada" })).toEqual([]);
  });

  it("names what a person would want to know before they begin", async () => {
    const repository = temporaryRepository({
      "a.txt": "1",
      "growth-engine.json": JSON.stringify({ task: { setUp: [["no-such-program"], ["./a.txt"]] } }),
    });
    repository.write("a.txt", "2");
    expect(await look(repository, { GROWTH_ENGINE_AGENT: "bob", PATH: "/usr/bin" })).toEqual([
      "tree: 1 file not committed, such as a.txt",
      "branch: main: work goes on a branch of its own",
      "programs: no-such-program is not on the PATH",
      "agent: GROWTH_ENGINE_AGENT is bob",
    ]);
    repository.git("checkout", "--quiet", "--detach");
    expect((await look(repository)).join("\n")).toContain("branch: no branch: HEAD is detached");
  });
});
