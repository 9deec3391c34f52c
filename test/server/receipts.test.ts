import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CheckedNotes, checkReceipt } from "../../src/features/receipt/check-receipt.ts";
import { readCheckpoint } from "../../src/features/receipt/checkpoint.ts";
import type * as contract from "../../src/features/receipt/live/contract.ts";
import { isConsistent } from "../../src/features/receipt/prove-consistency.ts";
import { rootOfLeaves } from "../../src/features/receipt/prove-leaves.ts";
import { readReceipt } from "../../src/features/receipt/receipt-record.ts";
import { hashLeaf } from "../../src/features/receipt/tree-hash.ts";
import { readVerifierKey } from "../../src/features/receipt/verifier-key.ts";
import type { openCheckout, takeLines } from "../../src/features/sync/contract.ts";
import { NO_SUM, sumOfLine } from "../../src/features/sync/sums.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const REPOSITORY = "org/shop";
const FIELDS = { tool: "context7", doc_ref: "https://docs.example.com/", purpose: "carts" };
const asked = <T>(query: T) => query as never;

let made = 0;
function makeLines(count: number, at: number): string[] {
  const timestamp = new Date(at).toISOString();
  return Array.from({ length: count }, () => {
    made += 1;
    return JSON.stringify({ ...FIELDS, request_id: `r${made}`, timestamp });
  });
}

describe("receipts", () => {
  let plane: ControlPlane;
  let manager: string;
  beforeAll(async () => {
    plane = await startControlPlane();
    manager = await plane.token("manager");
    await plane.as(manager)<typeof openCheckout>("POST /api/v1/sync", {
      body: { repository: REPOSITORY, checkout: "one" },
    });
  });
  afterAll(() => plane.close());

  const today = () => new Date(plane.clock.now()).toISOString().slice(0, 10);
  const fileOf = (agent: string, topic: string) => `artifacts/${agent}/${today()}/mcp/${topic}.jsonl`;
  const bring = (file: string, lines: readonly string[], url = plane.url) => {
    const head = {
      file,
      after: { lines: 0, sum: NO_SUM },
      lines: lines.length,
      to: { bytes: 1, sum: sumOfLine(lines.join()), stamp: "s" },
    };
    const body = `${[JSON.stringify(head), ...lines].join("\n")}\n`;
    return askAt(url)<typeof takeLines>("POST /api/v1/sync/lines", {
      query: { repository: REPOSITORY, checkout: "one" },
      body,
    });
  };
  const askAt = (url: string) =>
    (async (what: string, call: { query: Record<string, string>; body: string }) => {
      const response = await fetch(`${url}${what.split(" ")[1]}?${new URLSearchParams(call.query)}`, {
        method: "POST",
        headers: { authorization: `Bearer ${manager}`, "content-type": "application/x-ndjson" },
        body: call.body,
      });
      return { status: response.status, body: await response.json() };
    }) as unknown as ReturnType<ControlPlane["as"]>;
  const issue = (file: string, sums: string[]) =>
    plane.as(manager)<typeof contract.issueReceipts>("POST /api/v1/receipt", {
      body: { repository: REPOSITORY, files: [{ file, sums }] },
    });
  const key = async () => {
    const { body } = await plane.as(manager)<typeof contract.showKey>("GET /api/v1/receipt/key");
    const found = readVerifierKey(body.key);
    if (found === null) throw new Error(body.key);
    return found;
  };
  const checkpoint = async (size?: number) => {
    const query = asked(size === undefined ? {} : { size });
    const { body } = await plane.as(manager)<typeof contract.showCheckpoint>(
      "GET /api/v1/receipt/checkpoint",
      {
        query,
      },
    );
    const read = readCheckpoint(body.checkpoint);
    if (read === null) throw new Error(JSON.stringify(body));
    return read;
  };
  /** Sum → time of every line that receipts prove. */
  async function verified(receipts: readonly contract.Receipt[], agent: string) {
    const notes = new CheckedNotes([await key()]);
    const lines = new Map<string, string>();
    for (const { file, line } of receipts) {
      expect(file).toBe(`artifacts/${agent}/${today()}/receipts.told.jsonl`);
      const record = readReceipt(JSON.parse(line));
      if (record === null) throw new Error(line);
      const place = { agent, day: today(), repositories: [REPOSITORY] };
      const checked = checkReceipt(record, place, notes);
      if (checked.state !== "good") throw new Error(checked.why);
      for (const [sum, at] of checked.lines) lines.set(sum, at);
    }
    return lines;
  }

  it("prove every line that was brought, with the server's time, against one checkpoint", async () => {
    const file = fileOf("ada", "many");
    const lines = makeLines(1_700, plane.clock.now());
    expect((await bring(file, lines)).body.received).toBe(1_700);
    const received = plane.clock.now();
    plane.clock.advance(60_000);
    const sums = lines.map(sumOfLine);
    const { body } = await issue(file, sums);
    expect(body.lines).toBe(1_700);
    const proven = await verified(body.receipts, "ada");
    expect([...proven.keys()].sort()).toEqual([...sums].sort());
    for (const at of proven.values()) expect(Date.parse(at)).toBeLessThanOrEqual(received);
    expect((await issue(file, [sumOfLine("never brought")])).body).toEqual({ receipts: [], lines: 0 });
  });

  it("prove lines of any places in the log with one record, and each line once however often it comes", async () => {
    const before = (await checkpoint()).size;
    const all = makeLines(40, plane.clock.now());
    for (const [at, line] of all.entries()) await bring(fileOf("bea", `t${at}`), [line]);
    await bring(fileOf("bea", "again"), all);
    expect((await checkpoint()).size).toBe(before + 40);
    const { body } = await issue(fileOf("bea", "again"), all.filter((_, at) => at % 3 === 0).map(sumOfLine));
    expect((await verified(body.receipts, "bea")).size).toBe(14);
  });

  it("are answered with the evidence that an agent tells", async () => {
    const ada = await plane.token("agent", { agent: "cleo" });
    const { body } = await plane.as(ada)("POST /api/v1/evidence", {
      body: { repository: REPOSITORY, lines: [FIELDS, { ...FIELDS, tool: "shopify-dev" }] } as never,
    });
    const told = body as unknown as { receipts: contract.Receipt[]; written: { line: string }[] };
    const proven = await verified(told.receipts, "cleo");
    expect([...proven.keys()].sort()).toEqual(told.written.map(({ line }) => sumOfLine(line)).sort());
  });

  it("stand in one log, whichever of several servers takes the lines at the same time", async () => {
    const other = await plane.another();
    const before = await checkpoint();
    const lines = makeLines(60, plane.clock.now());
    await Promise.all(
      lines.map((line, at) => bring(fileOf("dora", `t${at}`), [line], at % 2 === 0 ? plane.url : other.url)),
    );
    const after = await checkpoint();
    expect(after.size).toBe(before.size + 60);
    expect(await checkpoint(before.size)).toMatchObject({ root: before.root });
    const { body } = await plane.as(manager)<typeof contract.proveConsistency>(
      "GET /api/v1/receipt/consistency",
      { query: asked({ from: before.size }) },
    );
    const proof = body.proof.map((hash) => Buffer.from(hash, "base64"));
    expect(isConsistent(before, after, proof)).toBe(true);
    expect(isConsistent({ ...before, root: hashLeaf("another") }, after, proof)).toBe(false);
  });

  it("are made up for by asking, where a server ended between taking a line and its receipt", async () => {
    const file = fileOf("emil", "cut");
    const [line = ""] = makeLines(1, plane.clock.now());
    await bring(file, [line]);
    // What the log looks like when the process ended before it grew: the line stands in no leaf.
    await plane.query(
      "delete from receipt_leaves where received_at = (select max(received_at) from receipt_leaves)",
    );
    const { body } = await issue(file, [sumOfLine(line)]);
    expect((await verified(body.receipts, "emil")).size).toBe(1);
  });

  it("prove one line in the form that other tools read", async () => {
    const file = fileOf("finn", "one");
    const [line = ""] = makeLines(1, plane.clock.now());
    await bring(file, [line]);
    const query = asked({ repository: REPOSITORY, agent: "finn", day: today(), sum: sumOfLine(line) });
    const { body } = await plane.as(manager)<typeof contract.proveLine>("GET /api/v1/receipt/proof", {
      query,
    });
    const cut = body.proof.indexOf("\n\n");
    const [head, note] = [body.proof.slice(0, cut), body.proof.slice(cut + 2)];
    const [first, index, ...path] = head.split("\n");
    expect([first, index]).toEqual(["c2sp.org/tlog-proof@v1", `index ${body.index}`]);
    const { size, root } = readCheckpoint(note) ?? { size: 0, root: null };
    const leaf = { index: body.index, hash: hashLeaf(body.leaf) };
    expect(
      rootOfLeaves(
        [leaf],
        size,
        path.map((hash) => Buffer.from(hash, "base64")),
      ),
    ).toEqual(root);
    const unknown = await plane.as(manager)("GET /api/v1/receipt/proof", {
      query: asked({ repository: REPOSITORY, agent: "finn", day: today(), sum: sumOfLine("no") }),
    });
    expect([unknown.status, unknown.body.code]).toEqual([404, "RECEIPT_UNKNOWN"]);
  });

  it("are given to no line that is long past, nor where the server has no key", async () => {
    const old = "artifacts/gus/2020-01-05/mcp/t.jsonl";
    const before = (await checkpoint()).size;
    await bring(old, makeLines(1, Date.parse("2020-01-05T12:00:00Z")));
    expect((await checkpoint()).size).toBe(before);
    const bare = await startControlPlane({ receiptKey: null });
    const { status, body } = await bare.admin("GET /api/v1/receipt/key");
    expect([status, body.code]).toEqual([409, "RECEIPT_OFF"]);
    await bare.close();
  });

  it("are not signed by another key than before, unless that is asked for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "growth-engine-other-key-"));
    const file = join(folder, "deep", "key");
    await expect(plane.another({ file })).rejects.toMatchObject({ code: "RECEIPT_KEY" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    mkdirSync(join(folder, ".git"));
    chmodSync(file, 0o644);
    const before = await key();
    const other = await plane.another({ file, another: true, checkouts: [folder] });
    expect(other.receipts?.exposed).toEqual([
      "other accounts may read it: chmod 600",
      "it lies in a checkout",
      `it belongs to the account that ${folder} belongs to`,
    ]);
    // The first server's key signs no more: what it is asked for, it refuses.
    const { body } = await plane.as(manager)("GET /api/v1/receipt/checkpoint");
    expect(body.code).toBe("RECEIPT_KEY");
    expect((await bring(fileOf("hana", "t"), makeLines(1, plane.clock.now()))).body).toMatchObject({
      code: "RECEIPT_KEY",
    });
    expect((await key()).id).toBe(before.id);
    rmSync(folder, { recursive: true, force: true });
  });
});
