import { describe, expect, it } from "vitest";
import { smallForge } from "../harness/small-forge.ts";
import { temporaryFolder, temporaryRepository } from "../harness/temporary-repository.ts";

/** A user without a server on this machine. */
const nobody = () => ({ XDG_DATA_HOME: temporaryFolder(), GROWTH_ENGINE_DATA_DIR: temporaryFolder() });

describe("growth-engine doctor", () => {
  it("prints a page with what mends each thing, and answers 1 for what is not well", async () => {
    const repository = temporaryRepository({ "a.ts": "export {};\n" });
    const before = await repository.runCli(["doctor"], { env: nobody() });
    expect(before.code).toBe(1);
    expect(before.out).toMatch(/^✔ node {6}v\d/m);
    expect(before.out).toMatch(/^✖ ci {8}no workflow runs the guards.*\n +→ growth-engine init$/m);
    expect(before.out).toMatch(/^! merge/m);
    await repository.runCli(["init", "--yes", "--forge", "github", "--hook", "pre-push"]);
    const after = await repository.runCli(["doctor", "--json"], { env: nobody() });
    expect(after.code, after.out).toBe(0);
    const states = Object.fromEntries(
      (JSON.parse(after.out) as { name: string; state: string }[]).map(({ name, state }) => [name, state]),
    );
    expect(states).toMatchObject({
      ci: "ok",
      hooks: "ok",
      records: "ok",
      merge: "ok",
      template: "ok",
      config: "ok",
    });
    expect(states).not.toHaveProperty("server");
  });

  it("asks the server that the user names, and no other", async () => {
    const repository = temporaryRepository({
      "a.ts": "",
      "growth-engine.json": '{ "server": { "url": "https://198.51.100.1" } }',
    });
    const only = ["doctor", "--only", "server"];
    const here = nobody();
    expect(await repository.runCli([...only, "--json"], { env: here })).toMatchObject({
      code: 0,
      out: "[]\n",
    });
    const well = await smallForge({ "/readyz": { body: { status: "ready" } } });
    const sick = await smallForge({ "/readyz": { status: 503, body: { failed: { database: "away" } } } });
    const ask = (url: string) => repository.runCli(only, { env: { ...here, GROWTH_ENGINE_URL: url } });
    expect(await ask(well.url)).toMatchObject({ code: 0, out: expect.stringContaining("answers in") });
    expect(well.tokens).toEqual([undefined]);
    expect(await ask(sick.url)).toMatchObject({ code: 1, out: expect.stringContaining("database: away") });
    expect(await ask("http://127.0.0.1:9")).toMatchObject({
      code: 1,
      out: expect.stringContaining("does not answer"),
    });
  });

  it("refuses a check that it does not know, and what is no checkout", async () => {
    const repository = temporaryRepository({ a: "1" });
    expect(await repository.runCli(["doctor", "--only", "hocks"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--only node | git"),
    });
    const bare = temporaryRepository({ a: "1" });
    expect((await bare.runCli(["doctor"], { cwd: temporaryFolder() })).code).toBe(3);
  });
});
