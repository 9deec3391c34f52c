import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallForge } from "../harness/small-forge.ts";
import { type SmallIssuer, smallIssuer } from "../harness/small-issuer.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const FILE = "org/shop/.github/workflows/growth-engine.yml@refs/heads/main";

describe("growth-engine guard publish", () => {
  const place = dataPlace();
  let serve: SpawnedServe;
  let issuer: SmallIssuer;
  let repository: TemporaryRepository;
  let head = "";
  let manager: Record<string, string> = {};
  beforeAll(async () => {
    issuer = await smallIssuer();
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0", "--private-host", issuer.host]);
    manager = { GROWTH_ENGINE_URL: serve.url, GROWTH_ENGINE_TOKEN: adminTokenIn(place.folder) };
    repository = temporaryRepository();
    repository.write("src/a.ts", "export const a = 1;\n");
    repository.commit("base");
    repository.branch("topic");
    repository.write("src/b.ts", "export const b = 1;\n");
    head = repository.commit("no evidence");
    await ask(["fleet", "repository", "org/shop"]);
  });
  afterAll(async () => {
    await serve.stop();
    issuer.close();
    place.remove();
  });
  const ask = (words: string[], env: Record<string, string> = manager) => repository.runCli(words, { env });
  /** A run of GitHub Actions with `id-token: write`, as the runner sets it up. */
  const asRun = async (claims: object) => {
    const value = await issuer.token({
      sub: "repo:org/shop:ref:refs/heads/main",
      aud: serve.url,
      repository: "org/shop",
      repository_id: "74",
      sha: head,
      event_name: "push",
      ref: "refs/heads/main",
      workflow_ref: FILE,
      job_workflow_ref: FILE,
      ...claims,
    });
    const runner = await smallForge({ "/token": { body: { value } } });
    return {
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "org/shop",
      GITHUB_RUN_ID: "11",
      GITHUB_SERVER_URL: "https://github.com",
      GROWTH_ENGINE_URL: serve.url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${runner.url}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "runner",
    };
  };

  it("judges, sends the verdict, and ends as the verdict says", async () => {
    const published = await ask(["guard", "publish", "--base", "main", "--repository", "org/shop"]);
    expect(published.out).toContain("is kept as number 1 (claimed)");
    expect(published.code).toBe(1);
    expect((await ask(["guard", "verdicts", "1"])).out).toContain("evidence/missing");
  });

  it("sends one that was judged before, and then ends well", async () => {
    const judged = await repository.runCli(["guard", "all", "--base", "main", "--json"]);
    const sent = await repository.runCli(["guard", "publish", "--verdict", "-", "--repository", "org/shop"], {
      env: manager,
      input: judged.out,
    });
    expect([sent.code, sent.out]).toEqual([0, expect.stringContaining("is kept already as number 1")]);
    const broken = await repository.runCli(
      ["guard", "publish", "--verdict", "-", "--repository", "org/shop"],
      {
        env: manager,
        input: "no verdict",
      },
    );
    expect([broken.code, broken.err]).toEqual([2, expect.stringContaining("is not JSON")]);
  });

  it("needs no secret in a workflow that a manager trusts, and says so of the verdict", async () => {
    const refused = await ask(["guard", "publish", "--base", "main"], await asRun({}));
    expect(refused.err).toContain("no fleet trusts");
    const trusted = await ask(["forge", "trust", "add", "org/shop", "--id", "74", "--issuer", issuer.url]);
    expect(trusted.out).toContain("may publish verdicts of org/shop");
    const published = await ask(["guard", "publish", "--base", "main", "--json"], await asRun({}));
    expect(JSON.parse(published.out)).toMatchObject({
      trust: "ci",
      head,
      run_url: "https://github.com/org/shop/actions/runs/11",
    });
    const elsewhere = await ask(["guard", "publish", "--base", "main"], await asRun({ sha: "f".repeat(40) }));
    expect(elsewhere.err).toContain("did not judge");
  });
});
