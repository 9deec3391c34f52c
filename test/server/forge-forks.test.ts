import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sign } from "@octokit/webhooks-methods";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import type * as forge from "../../src/features/forge/live/contract.ts";
import { judgeRange } from "../../src/features/guard/index.ts";
import type { listVerdicts } from "../../src/features/guard/live/contract.ts";
import { openRepository } from "../../src/platform/git/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";

const SOON = { timeout: 20_000 };

describe("a pull request from a fork", () => {
  let plane: ControlPlane;
  let folder: string;
  let address: string;
  let hook: forge.NewHook;
  let head = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "forge-forks-"));
    address = `file://${folder}`;
    const work = temporaryRepository();
    work.write("src/a.ts", "export const a = 1;\n");
    work.commit("base");
    work.git("branch", "-f", "-M", "main");
    work.git("checkout", "-q", "-b", "topic");
    work.write("src/b.ts", 'import "context7-mcp";\n');
    head = work.commit("a change that production must not hold");
    mkdirSync(join(folder, "org"));
    work.git("clone", "-q", "--bare", work.folder, join(folder, "org/shop.git"));
    work.git("-C", join(folder, "org/shop.git"), "update-ref", "refs/pull/7/head", head);
    plane = await startControlPlane({
      forks: {
        forge: address,
        token: null,
        judge: async ({ folder: mirror, ...asked }) => {
          const subject = { ...asked, mergeGroup: false, approvals: [] };
          return (await judgeRange(await openRepository(mirror), subject, "all")).report as never;
        },
      },
    });
    await plane.admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: { name: "org/shop" } });
    hook = (await plane.admin<typeof forge.addHook>("POST /api/v1/forge/hook", { body: { forge: "github" } }))
      .body;
  });
  afterAll(async () => {
    await plane.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const tell = async (pull: number, words: object) => {
    const side = { ref: "main", sha: "b".repeat(40), repo: { id: 1 } };
    const body = JSON.stringify({
      action: "opened",
      repository: { id: 1, full_name: "org/shop" },
      pull_request: {
        number: pull,
        title: "From afar",
        body: "",
        user: { login: "stranger" },
        state: "open",
        head: { ref: "topic", sha: head, repo: { id: 2 } },
        base: side,
        html_url: `${address}/org/shop/pull/${pull}`,
        created_at: "2026-01-05T10:00:00Z",
        updated_at: "2026-01-05T10:00:00Z",
        ...words,
      },
    });
    const response = await fetch(`${plane.url}${hook.path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-github-delivery": `${Math.random()}`,
        "x-hub-signature-256": await sign(hook.secret, body),
      },
      body,
    });
    return response.status;
  };
  const pull = async (number: number) =>
    (await plane.admin<typeof forge.listPulls>("GET /api/v1/forge/pull", { query: { pull: `${number}` } }))
      .body.items[0];

  it("is read by the server itself, with the text and the author that the forge told", async () => {
    expect(await tell(7, {})).toBe(200);
    await expect
      .poll(() => pull(7), SOON)
      .toMatchObject({ from_fork: true, reading: "fail", verdict: "fail" });
    const { body } = await plane.admin<typeof listVerdicts>("GET /api/v1/guard", { query: { pull: "7" } });
    expect(body.items).toMatchObject([
      { trust: "server", brought_by: "server", head, guards: { "guard-mcp": "fail", "dev-mcp-ban": "fail" } },
    ]);
  });

  it("is read again when its text changes, and not when nothing does", async () => {
    const text = "## MCP Evidence\n\n- [x] No MCP usage - non-code change\n";
    await tell(7, { body: text, updated_at: "2026-01-05T11:00:00Z" });
    const verdicts = async () =>
      (await plane.admin<typeof listVerdicts>("GET /api/v1/guard", { query: { pull: "7" } })).body.items
        .length;
    await expect.poll(verdicts, SOON).toBe(2);
    await tell(7, { body: text, title: "Renamed", updated_at: "2026-01-05T12:00:00Z" });
    const [{ due } = {}] = await plane.query(
      "select count(*)::int as due from forge_pulls where read_due is not null",
    );
    expect(due).toBe(0);
  });

  it("is fetched from the forge that the server reads, and from nowhere else", async () => {
    await tell(8, { html_url: `${address}.evil/org/shop/pull/8` });
    await expect
      .poll(async () => (await pull(8))?.reading, SOON)
      .toMatch(/could not be read: it is not on file:/);
    expect((await pull(8))?.verdict).toBeNull();
  });

  it("whose head is gone is said to be unread, and never passed", async () => {
    await tell(7, {
      head: { ref: "topic", sha: "c".repeat(40), repo: { id: 2 } },
      updated_at: "2026-01-05T13:00:00Z",
    });
    await expect.poll(async () => (await pull(7))?.reading, SOON).toMatch(/its head is not there/);
    expect((await pull(7))?.verdict).toBeNull();
  });

  it("of the repository itself is left to its CI", async () => {
    await tell(9, { head: { ref: "topic", sha: head, repo: { id: 1 } } });
    const [row] = await plane.query("select read_due from forge_pulls where pull = 9");
    expect(row).toEqual({ read_due: null });
  });
});
