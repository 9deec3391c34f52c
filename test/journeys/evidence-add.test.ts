import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Answer,
  type RunCliOptions,
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

const TOKEN = `ghp_${"abcdefghijklmnopqrstuvwxyz0123456789"}`;
const DAY = "2026-01-05";
const FILE = `artifacts/builder/${DAY}/mcp/context7.jsonl`;
const ENTRY = ["--tool", "context7", "--doc-ref", "https://example.com/a", "--purpose", "read the API"];

function add(repository: TemporaryRepository, words: string[], options: RunCliOptions = {}): Promise<Answer> {
  const agent = ["--agent", "builder", "--timestamp", `${DAY}T12:00:00Z`];
  return repository.runCli(["evidence", "add", ...agent, ...words], { env: { TZ: "UTC" }, ...options });
}

function linesOf(repository: TemporaryRepository, path = FILE): string[] {
  return readFileSync(join(repository.folder, path), "utf8").split("\n");
}

function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), "latin1")}`)
    .join("\n");
}

describe("evidence add", () => {
  it("writes a line that verify accepts, in a repository without a commit", async () => {
    const repository = temporaryRepository();
    const { code, out } = await add(repository, [...ENTRY, "--task", "ENG-042"]);
    expect([code, out]).toEqual([0, `${FILE}:1\n`]);
    const [line = ""] = linesOf(repository);
    expect(JSON.parse(line)).toMatchObject({ tool: "context7", agent: "builder", task: "ENG-042" });
    expect((await repository.runCli(["evidence", "verify"])).code).toBe(0);
  });

  it("keeps 200 lines whole that eight processes append at once", async () => {
    const repository = temporaryRepository();
    const batch = (from: number) =>
      Array.from({ length: 25 }, (_, index) =>
        JSON.stringify({
          tool: "context7",
          doc_ref: "a",
          purpose: "b".repeat(2_000),
          request_id: `${from}-${index}`,
        }),
      ).join("\n");
    const writers = Array.from({ length: 8 }, (_, from) => add(repository, ["-"], { input: batch(from) }));
    expect((await Promise.all(writers)).map(({ code }) => code)).toEqual(Array(8).fill(0));
    const lines = linesOf(repository).filter((line) => line !== "");
    const ids = lines.map((line) => (JSON.parse(line) as { request_id: string }).request_id);
    expect([lines.length, new Set(ids).size]).toEqual([200, 200]);
    expect((await repository.runCli(["evidence", "verify"])).out).toContain("200 lines");
  });

  it("closes a last line that lacks its newline", async () => {
    const repository = temporaryRepository();
    repository.write(FILE, '{"tool":"old"}');
    expect((await add(repository, ENTRY)).out).toBe(`${FILE}:2\n`);
    expect(linesOf(repository)[0]).toBe('{"tool":"old"}');
    expect(linesOf(repository)).toHaveLength(3);
  });

  it("lets no secret reach the disk, and says what it took out", async () => {
    const repository = temporaryRepository();
    const reference = "https://ada:hunter22pw@example.com/a?api_key=verysecretvalue&page=2";
    const words = ["--tool", `tool ${TOKEN}`, "--doc-ref", reference, "--purpose", `with ${TOKEN}`];
    const { code, err } = await add(repository, words);
    expect(code).toBe(0);
    expect(err).toMatch(/user information[\s\S]*"api_key"[\s\S]*github[\s\S]*purpose/);
    const disk = everything(repository.folder);
    for (const secret of [TOKEN, TOKEN.slice(4), "hunter22pw", "verysecretvalue"])
      expect(disk).not.toContain(secret);
    expect(disk).toContain("https://example.com/a?api_key=[REDACTED]&page=2");
  });

  it("writes nothing when one of many entries is wrong, and names all mistakes", async () => {
    const repository = temporaryRepository();
    const input = `{"tool":"a","doc_ref":"b","purpose":"c"}\n{"tool":"","purpose":1,"outcome":"okay","duration_ms":-1}\nnonsense\n`;
    const { code, err } = await add(repository, ["--stdin"], { input });
    expect(code).toBe(2);
    expect(err).toMatch(
      /line 2: tool is empty[\s\S]*doc_ref is absent[\s\S]*purpose is a number[\s\S]*"ok"[\s\S]*duration_ms is no number[\s\S]*line 3:1/,
    );
    expect(readdirSync(repository.folder)).toEqual([".git"]);
  });

  it("asks for the agent, and takes it from the environment", async () => {
    const repository = temporaryRepository();
    const asked = await repository.runCli(["evidence", "add", ...ENTRY]);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining("--agent <agent>")]);
    const env = { GROWTH_ENGINE_AGENT: "tester" };
    expect((await repository.runCli(["evidence", "add", ...ENTRY], { env })).out).toMatch(
      /^artifacts\/tester\//,
    );
  });

  it.each(["../../etc", "a/b", ".", "..", "a\\b", "-x", " "])("refuses %j as an agent", async (agent) => {
    const repository = temporaryRepository();
    const { code } = await repository.runCli(["evidence", "add", ...ENTRY, `--agent=${agent}`]);
    expect([code, readdirSync(repository.folder)]).toEqual([2, [".git"]]);
  });

  it("makes a plain file name of any topic", async () => {
    const repository = temporaryRepository();
    for (const [topic, name] of [
      ["../../../Out of Here", "out-of-here"],
      ["..", "tool"],
      ["Größe/A", "gr-e-a"],
    ] as const)
      expect((await add(repository, [...ENTRY, "--topic", topic])).out).toBe(
        `artifacts/builder/${DAY}/mcp/${name}.jsonl:1\n`,
      );
  });

  it("writes through no link", async () => {
    const repository = temporaryRepository();
    const outside = temporaryFolder();
    symlinkSync(outside, join(repository.folder, "artifacts"));
    const { code, err } = await add(repository, ENTRY);
    expect([code, err]).toEqual([2, expect.stringContaining("artifacts is a link")]);
    expect(everything(outside)).toBe("");
  });

  it("says that git ignores the file and which line does it", async () => {
    const repository = temporaryRepository({ ".gitignore": "# mine\nartifacts/\n" });
    expect((await add(repository, ENTRY)).err).toContain(`git ignores ${FILE} (.gitignore:2: artifacts/)`);
    repository.git("add", "--force", FILE);
    expect((await add(repository, ENTRY)).err).not.toContain("ignores");
  });

  it("shows the lines for .gitattributes once, and not where they stand", async () => {
    const repository = temporaryRepository();
    const hint = "artifacts/**/*.ndjson merge=union linguist-generated=true";
    expect((await add(repository, ENTRY)).err).toContain(hint);
    expect((await add(repository, ENTRY)).err).toBe("");
    repository.write(".gitattributes", "artifacts/**/*.jsonl merge=union\n");
    expect((await add(repository, [...ENTRY, "--topic", "other"])).err).toBe("");
  });

  it("chains the lines of a session over its files", async () => {
    const repository = temporaryRepository();
    for (const topic of ["one", "two", "one"])
      await add(repository, [...ENTRY, "--session", "s1", "--topic", topic]);
    const values = ["one", "two"].flatMap((topic) =>
      linesOf(repository, FILE.replace("context7", topic))
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { prev?: string }),
    );
    expect(values.map(({ prev }) => typeof prev)).toEqual(["undefined", "string", "string"]);
    expect((await repository.runCli(["evidence", "verify"])).out).toContain("no findings");
  });

  it("puts the line where its time belongs, or where it is told, and warns of a wrong date", async () => {
    const repository = temporaryRepository();
    const env = { TZ: "America/Los_Angeles" };
    const night = ["--timestamp", "2026-01-06T03:00:00Z"];
    expect((await add(repository, [...ENTRY, ...night], { env })).out).toBe(`${FILE}:1\n`);
    const { out, err } = await add(repository, [...ENTRY, "--date", "2026-02-01"]);
    expect(out).toContain("/2026-02-01/");
    expect(err).toContain("no time zone puts");
    expect((await add(repository, [...ENTRY, "--date", "2026-02-30"])).code).toBe(2);
  });

  it("refuses a bare repository, and a line over 1 MiB", async () => {
    const repository = temporaryRepository({ "a.txt": "1\n" });
    expect((await add(repository.bareClone(), ENTRY)).code).toBe(3);
    const input = JSON.stringify({ tool: "a", doc_ref: "b", purpose: "x".repeat(1 << 20) });
    expect((await add(repository, ["-"], { input })).err).toContain("longer than 1 MiB");
  });

  it("keeps unknown fields and prints what it wrote as JSON", async () => {
    const repository = temporaryRepository();
    const input = '{"tool":"a","doc_ref":"repo:src/a.ts","purpose":"c","input_hmac":"ab","deep":{"x":[1]}}';
    const { out } = await add(repository, ["--stdin", "--json"], { input });
    const { written } = JSON.parse(out) as { written: { file: string; line: number; entry: object }[] };
    expect(written).toMatchObject([{ line: 1, entry: { input_hmac: "ab", deep: { x: [1] } } }]);
    const disk = execFileSync("cat", [join(repository.folder, written[0]?.file ?? "")], { encoding: "utf8" });
    expect(JSON.parse(disk)).toEqual(written[0]?.entry);
  });
});
