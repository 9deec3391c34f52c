import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCheckpoint, writeCheckpoint } from "../../src/features/receipt/checkpoint.ts";
import { nameKey } from "../../src/features/receipt/index.ts";
import { signNote } from "../../src/features/receipt/signed-note.ts";
import { hashLeaf } from "../../src/features/receipt/tree-hash.ts";
import { recordCalls } from "../../src/features/recorder/index.ts";
import { ATTACKS, attackTable } from "../harness/attack-list.ts";
import { adminTokenIn, dataPlace, type SpawnedServe, spawnServe } from "../harness/spawned-serve.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const NAME = "org/shop";
const AGENT = "ada";
const LEVELS = ["claimed", "recorded", "receipted"] as const;
type Level = (typeof LEVELS)[number];
const GUIDE = join(import.meta.dirname, "../../docs/guides/trust-levels.md");

/** One change of a governed repository, and what is said of it where each level is asked for. */
class Change {
  readonly repository: TemporaryRepository;
  readonly session = `s-${randomUUID().slice(0, 8)}`;
  readonly #env: Record<string, string>;
  readonly #clock: number;

  constructor(env: Record<string, string>, key: string, clockOff = 0) {
    this.#env = env;
    this.#clock = clockOff;
    this.repository = temporaryRepository({ "README.md": "# Shop\n" });
    for (const level of LEVELS) {
      this.repository.branch(`rules-${level}`, "main");
      const rules = {
        evidence: { require: { "src/**": level } },
        receipts: { keys: [key], repositories: [NAME] },
      };
      this.repository.write("growth-engine.json", JSON.stringify(rules));
      this.repository.commit(`Require ${level}`);
    }
    this.repository.branch("topic", "main");
    this.repository.write("src/cart.ts", "export const cart = 1;\n");
    this.commit();
  }

  /** Consults, as a recorder sees it. @returns the file */
  consult(topics: readonly string[]): string {
    const { folder } = this.repository;
    const recorder = { kind: "hook", name: "claude-code", version: "1" } as const;
    const calls = topics.map((topic) => ({
      tool: "context7",
      docRef: `https://docs.example.com/${topic}`,
      purpose: `how ${topic} works`,
      action: "consult" as const,
      at: Date.now() + this.#clock,
    }));
    const [recorded] = recordCalls({ root: folder, agent: AGENT, session: this.session, recorder }, calls);
    return recorded?.file ?? "";
  }

  commit(): string {
    return this.repository.commit("Work", { time: Date.now() });
  }

  async run(...words: string[]) {
    return this.repository.runCli(words, { env: this.#env });
  }

  async sync(): Promise<void> {
    const { code, err } = await this.run("sync", "--name", NAME, "--no-verdict");
    expect(code, err).toBe(0);
  }

  read(file: string): string[] {
    return readFileSync(join(this.repository.folder, file), "utf8").trimEnd().split("\n");
  }

  write(file: string, lines: readonly string[]): void {
    writeFileSync(join(this.repository.folder, file), lines.map((line) => `${line}\n`).join(""));
  }

  /** The receipts files of the agent, from the top. */
  receipts(file: string): string[] {
    const day = file.split("/").slice(0, 3).join("/");
    const names = readdirSync(join(this.repository.folder, day)).filter((name) =>
      name.startsWith("receipts."),
    );
    return names.map((name) => `${day}/${name}`);
  }

  /** Rules of findings that block, where a level is required. */
  async blocked(level: Level): Promise<string[]> {
    const { out } = await this.run("guard", "mcp", "--base", `rules-${level}`, "--json");
    const findings: { rule: string; level: string }[] = JSON.parse(out).guards[0].findings;
    return [...new Set(findings.filter((one) => one.level === "block").map(({ rule }) => rule))].sort();
  }

  async blockedAt(): Promise<Record<Level, string[]>> {
    const said = { claimed: [], recorded: [], receipted: [] } as Record<Level, string[]>;
    for (const level of LEVELS) said[level] = await this.blocked(level);
    return said;
  }

  async warned(level: Level): Promise<string[]> {
    const { out } = await this.run("guard", "mcp", "--base", `rules-${level}`, "--json");
    return JSON.parse(out).guards[0].findings.map(({ rule }: { rule: string }) => rule);
  }
}

const REWRITTEN = "evidence/rewritten";
const CHAIN = "evidence/broken-chain";
const TOO_LOW = "evidence/assurance-too-low";
const GONE = "evidence/receipt-without-line";
const BAD = "evidence/bad-receipt";

describe("attacks on records", () => {
  const place = dataPlace();
  let serve: SpawnedServe;
  let env: Record<string, string>;
  let key: string;
  beforeAll(async () => {
    serve = await spawnServe(["--data-dir", place.folder, "--port", "0"]);
    env = {
      GROWTH_ENGINE_URL: serve.url,
      GROWTH_ENGINE_TOKEN: adminTokenIn(place.folder),
      GROWTH_ENGINE_AGENT: "",
    };
    const { out } = await temporaryRepository({ a: "" }).runCli(["receipt", "key"], { env });
    key = out.trim();
  });
  afterAll(async () => {
    await serve.stop();
    place.remove();
  });

  const change = (clockOff = 0) => new Change(env, key, clockOff);
  /** Three consultations that the control plane received. */
  async function received(one = change()) {
    const file = one.consult(["one", "two", "three"]);
    await one.sync();
    return { one, file, lines: one.read(file) };
  }

  it("an honest change passes at every level, and offline", async () => {
    const { one } = await received();
    one.commit();
    expect(await one.blockedAt()).toEqual({ claimed: [], recorded: [], receipted: [] });
    const { code, out } = await one.repository.runCli(
      ["evidence", "verify", "--key", key, "--repository", NAME],
      { env: { GROWTH_ENGINE_URL: "http://127.0.0.1:9" } },
    );
    expect(code, out).toBe(0);
    expect(out).toContain("receipts prove 3 lines");
  });

  it(ATTACKS.handWritten.attack, async () => {
    const one = change();
    const [day = ""] = one.consult(["real"]).match(/artifacts\/ada\/[^/]+/) ?? [];
    rmSync(join(one.repository.folder, "artifacts"), { recursive: true });
    const file = `${day}/mcp/hand.jsonl`;
    const recorder = { kind: "hook", name: "claude-code", version: "1" };
    const line = {
      tool: "context7",
      doc_ref: "https://x.example/",
      purpose: "x",
      request_id: "1",
      session: "h",
      recorder,
    };
    mkdirSync(join(one.repository.folder, day, "mcp"), { recursive: true });
    const at = new Date().toISOString();
    one.write(file, [JSON.stringify({ ...line, timestamp: at, seq: 9 })]);
    one.commit();
    expect(await one.blockedAt()).toEqual({ claimed: [], recorded: [TOO_LOW], receipted: [TOO_LOW] });
    one.write(`${day}/mcp/whole.jsonl`, [
      JSON.stringify({ ...line, request_id: "2", session: "w", timestamp: at, seq: 1 }),
    ]);
    one.commit();
    expect(await one.blockedAt()).toEqual({ claimed: [], recorded: [], receipted: [TOO_LOW] });
  });

  /** What is said of lines that were received, changed and then committed. */
  async function changedBefore(change: (lines: string[]) => readonly string[]) {
    const { one, file, lines } = await received();
    one.write(file, change(lines));
    one.commit();
    return one.blockedAt();
  }
  /** And of lines that were committed, and changed by a later commit. */
  async function changedAfter(edit: (lines: string[]) => readonly string[]) {
    const { one, file, lines } = await received();
    one.commit();
    one.write(file, edit(lines));
    one.commit();
    return one.blocked("claimed");
  }
  const edit = ([a = "", b = "", c = ""]: string[]) => [a, b.replace("how two works", "how it works"), c];
  const remove = ([a = "", , c = ""]: string[]) => [a, c];
  const swap = ([a = "", b = "", c = ""]: string[]) => [a, c, b];
  const cut = ([a = "", b = ""]: string[]) => [a, b];
  const insert = ([a = "", ...rest]: string[]) => [
    a,
    a.replace(/"request_id":"[^"]+"/, '"request_id":"new"'),
    ...rest,
  ];
  const relabel = ([a = "", b = "", c = ""]: string[]) => [
    a,
    b.replace('"tool":"context7"', '"tool":"shopify-dev"'),
    c,
  ];

  it(ATTACKS.edited.attack, async () => {
    expect(await changedBefore(edit)).toMatchObject({
      claimed: [CHAIN, GONE],
      recorded: [CHAIN, GONE],
      receipted: [CHAIN, GONE],
    });
    expect(await changedAfter(edit)).toContain(REWRITTEN);
  });

  it(ATTACKS.removed.attack, async () => {
    expect((await changedBefore(remove)).receipted).toEqual([CHAIN, GONE]);
    expect(await changedAfter(remove)).toContain(REWRITTEN);
  });

  it(ATTACKS.reordered.attack, async () => {
    expect(await changedBefore(swap)).toEqual({ claimed: [], recorded: [], receipted: [] });
    expect(await changedAfter(swap)).toContain(REWRITTEN);
  });

  it(ATTACKS.inserted.attack, async () => {
    const { one, file, lines } = await received();
    one.write(file, insert(lines));
    one.commit();
    expect(await one.blocked("receipted")).toEqual([TOO_LOW, CHAIN]);
    expect(await changedAfter(insert)).toContain(REWRITTEN);
  });

  it(ATTACKS.cut.attack, async () => {
    const { one, file, lines } = await received();
    one.write(file, cut(lines));
    one.commit();
    expect((await one.blockedAt()).receipted).toEqual([GONE]);
    // The receipts cut off as well: only the control plane knows.
    const other = await received();
    for (const path of other.one.receipts(other.file)) rmSync(join(other.one.repository.folder, path));
    other.one.write(other.file, cut(other.lines));
    other.one.commit();
    expect(await other.one.blockedAt()).toEqual({ claimed: [], recorded: [], receipted: [TOO_LOW] });
    await other.one.sync();
    const { out } = await other.one.run("sync", "rewrites", "--json");
    const mine = (JSON.parse(out) as { file: string; what: string }[]).filter(
      ({ file: path }) => path === other.file,
    );
    expect(mine).toMatchObject([{ what: "shortened", from_line: 3 }]);
    expect(await changedAfter(cut)).toContain(REWRITTEN);
  });

  it(ATTACKS.older.attack, async () => {
    const one = change();
    const file = one.consult(["one"]);
    const older = one.read(file);
    one.consult(["two"]);
    await one.sync();
    one.write(file, older);
    one.commit();
    expect((await one.blockedAt()).receipted).toEqual([GONE]);
  });

  it(ATTACKS.copiedReceipt.attack, async () => {
    const { one, file } = await received();
    const [path = ""] = one.receipts(file);
    const [line = ""] = one.read(path);
    const receipt = JSON.parse(line) as {
      leaves: [number, string, string[]][];
      repository: string;
      agent: string;
    };
    const forged = (more: object) => one.write(path, [JSON.stringify({ ...receipt, ...more })]);
    const [[first, at, sums] = [0, "", []]] = receipt.leaves;
    for (const more of [
      { leaves: [[first, at, ["0".repeat(64), ...sums.slice(1)]]] },
      { leaves: [[first, new Date(0).toISOString(), sums]] },
      { repository: "org/other" },
      { agent: "bob" },
      { day: "2026-01-05" },
      { proof: [hashLeaf("x").toString("base64"), ...(JSON.parse(line).proof as string[])] },
    ]) {
      forged(more);
      const { out } = await one.run("evidence", "verify", "--key", key, "--repository", NAME, "--json");
      expect(JSON.parse(out).findings, JSON.stringify(more)).toMatchObject([{ rule: BAD, level: "block" }]);
    }
    one.commit();
    expect(await one.blocked("receipted")).toEqual([TOO_LOW, BAD].sort());
  });

  it("a receipt may stand in the line that it proves, and proves no other", async () => {
    const one = change();
    const file = one.consult(["one"]);
    await one.sync();
    const [path = ""] = one.receipts(file);
    const receipt: unknown = JSON.parse(one.read(path)[0] ?? "");
    const [line = ""] = one.read(file);
    rmSync(join(one.repository.folder, path));
    const carry = (more: object) =>
      one.write(file, [JSON.stringify({ ...JSON.parse(line), ...more, receipt })]);
    carry({ purpose: "another purpose" });
    const { out } = await one.run("evidence", "verify", "--key", key, "--repository", NAME, "--json");
    expect(JSON.parse(out).findings).toMatchObject([
      { rule: BAD, message: expect.stringContaining("another line") },
    ]);
    carry({});
    one.commit();
    expect(await one.blockedAt()).toEqual({ claimed: [], recorded: [], receipted: [] });
  });

  it(ATTACKS.copiedLine.attack, async () => {
    const { one, file, lines } = await received();
    one.commit();
    for (const level of LEVELS) {
      one.repository.move(`rules-${level}`);
      one.repository.merge("topic", { time: Date.now() });
    }
    one.repository.branch("again", "topic");
    one.repository.write("src/cart.ts", "export const cart = 2;\n");
    const copied = file.replace("claude-code.", "copied.");
    one.write(copied, lines);
    one.commit();
    expect(await one.blocked("receipted")).toEqual(["evidence/missing"]);
  });

  it(ATTACKS.clock.attack, async () => {
    const hour = 3_600_000;
    const ahead = (await received(change(2 * hour))).one;
    ahead.commit();
    expect(await ahead.blocked("claimed")).toContain("evidence/future");
    expect(await ahead.warned("receipted")).toContain("evidence/receipt-time");
    const behind = (await received(change(-50 * hour))).one;
    behind.commit();
    expect(await behind.blockedAt()).toEqual({ claimed: [], recorded: [], receipted: [] });
    expect(await behind.warned("receipted")).toContain("evidence/receipt-time");
  });

  /** The log's key, as whoever stole it has it. */
  const stolen = (): KeyObject => createPrivateKey(readFileSync(join(place.folder, "receipt-key")));

  it(ATTACKS.swappedKey.attack, async () => {
    const { one, file } = await received();
    const [path = ""] = one.receipts(file);
    const [line = ""] = one.read(path);
    const receipt = JSON.parse(line) as { checkpoint: string };
    const { origin, size, root } = readCheckpoint(receipt.checkpoint) ?? {
      origin: "",
      size: 0,
      root: hashLeaf(""),
    };
    const other = generateKeyPairSync("ed25519");
    const own = nameKey(origin, "note", other.publicKey);
    const checkpoint = signNote(writeCheckpoint(origin, { size, root }), own, other.privateKey);
    one.write(path, [JSON.stringify({ ...receipt, checkpoint })]);
    one.commit();
    expect(await one.blocked("receipted")).toEqual([TOO_LOW]);
    expect(await one.warned("receipted")).toContain(BAD);
    // In the name of the right key, with a signature that is not its own.
    const id = Buffer.from(key.split("+")[1] ?? "", "hex");
    const [head = "", signature = ""] = checkpoint.split(`— ${origin} `);
    const forged = Buffer.concat([id, Buffer.from(signature, "base64").subarray(4)]).toString("base64");
    one.write(path, [JSON.stringify({ ...receipt, checkpoint: `${head}— ${origin} ${forged}\n` })]);
    const { out } = await one.run("evidence", "verify", "--key", key, "--repository", NAME, "--json");
    expect(JSON.parse(out).findings).toMatchObject([{ rule: BAD, level: "block" }]);
  });

  it(ATTACKS.relabelled.attack, async () => {
    expect((await changedBefore(relabel)).receipted).toEqual([CHAIN, GONE]);
    expect(await changedAfter(relabel)).toContain(REWRITTEN);
  });

  it(ATTACKS.splitView.attack, async () => {
    const { one } = await received();
    const { folder } = one.repository;
    const keep = async (name: string) => {
      const { out } = await one.run("receipt", "checkpoint");
      writeFileSync(join(folder, name), out);
      return readCheckpoint(out);
    };
    const seen = await keep("a.checkpoint");
    one.consult(["four"]);
    await one.sync();
    await keep("b.checkpoint");
    const compare = async (name: string) => {
      const { code, out } = await one.run("receipt", "compare", name, "b.checkpoint", "--key", key, "--json");
      return [code, JSON.parse(out).result];
    };
    expect(await compare("b.checkpoint")).toEqual([0, "same"]);
    expect(await compare("a.checkpoint")).toEqual([0, "consistent"]);
    // What a control plane signs that shows an auditor another history.
    const { origin, size } = seen ?? { origin: "", size: 0 };
    const log = nameKey(origin, "note", createPublicKey(stolen()));
    const show = (leaves: number, name: string) => {
      const head = { size: leaves, root: hashLeaf("another history") };
      writeFileSync(join(folder, name), signNote(writeCheckpoint(origin, head), log, stolen()));
    };
    show(size + 1, "same-size.checkpoint");
    expect(await compare("same-size.checkpoint")).toEqual([1, "split-view"]);
    show(size, "earlier.checkpoint");
    expect(await compare("earlier.checkpoint")).toEqual([1, "unproven"]);
    // A witness that saw one history cosigns no other.
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(join(folder, "w.pem"), privateKey.export({ format: "pem", type: "pkcs8" }));
    const cosign = (file: string) =>
      one.run(
        "receipt",
        "cosign",
        file,
        "--key",
        key,
        "--witness-key",
        "w.pem",
        "--witness-name",
        "witness.example/w1",
      );
    expect((await cosign("a.checkpoint")).code).toBe(0);
    const { code, err } = await cosign("earlier.checkpoint");
    expect([code, err]).toEqual([1, expect.stringContaining("does not go on from")]);
  });

  it("are what the guide says", () => {
    const rows = readFileSync(GUIDE, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      );
    const from = rows.findIndex(([first]) => first === "attack");
    expect(rows.slice(from + 2, from + 2 + attackTable().length)).toEqual(attackTable());
  });
});
